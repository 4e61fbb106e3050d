using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What is asked of a case; each deed reads what it needs.</summary>
public sealed record SecurityAsked
{
    /// <summary>Handle of the person for whom it is done; whoever signed in acts as themselves.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, or how it is known.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is written down.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it happened.</summary>
    public Instant? At { get; init; }

    /// <summary>How bad.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Which role.</summary>
    public string Role { get; init; } = "";

    /// <summary>Handle of somebody.</summary>
    public string Person { get; init; } = "";

    /// <summary>Which phase.</summary>
    public string Phase { get; init; } = "";

    /// <summary>The line that is corrected.</summary>
    public string Corrects { get; init; } = "";

    /// <summary>Item of the playbook.</summary>
    public string Item { get; init; } = "";

    /// <summary>True where it is done.</summary>
    public bool Done { get; init; } = true;

    /// <summary>Whether data of people is affected: yes or no.</summary>
    public string Personal { get; init; } = "";

    /// <summary>Kinds of data, with commas.</summary>
    public string Kinds { get; init; } = "";

    /// <summary>About how many people.</summary>
    public string People { get; init; } = "";

    /// <summary>About how many records.</summary>
    public string Records { get; init; } = "";

    /// <summary>Countries, with commas.</summary>
    public string Countries { get; init; } = "";

    /// <summary>Whether it is a high risk for them: yes or no.</summary>
    public string HighRisk { get; init; } = "";

    /// <summary>What may follow for them.</summary>
    public string Consequences { get; init; } = "";

    /// <summary>Which clock begins.</summary>
    public string Start { get; init; } = "";

    /// <summary>Key of a duty.</summary>
    public string Duty { get; init; } = "";

    /// <summary>Receipt, number, or evidence.</summary>
    public string Reference { get; init; } = "";

    /// <summary>For how long the same finding pages nobody.</summary>
    public string Quiet { get; init; } = "";

    /// <summary>What it was.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What was done so that it does not come back.</summary>
    public string Remediation { get; init; } = "";

    /// <summary>An ordinary incident.</summary>
    public string Incident { get; init; } = "";

    /// <summary>True where that incident's timeline gets a neutral line.</summary>
    public bool Tell { get; init; }

    /// <summary>Number of the evidence.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Who gets it: a handle, or a name from outside.</summary>
    public string To { get; init; } = "";
}

/// <summary>What is asked to open a case.</summary>
/// <param name="Title">What is suspected.</param>
/// <param name="Kind">Which playbook it follows.</param>
/// <param name="Severity">How bad; empty for the playbook's own.</param>
/// <param name="Services">What it is about.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Confirmed">How it is known that it is real; empty while it is suspected.</param>
/// <param name="Aware">Since when it is known; left out, since now where it is confirmed.</param>
/// <param name="By">Handle of the person for whom it is done.</param>
public sealed record OpenRequest(
    string Title = "", string Kind = "", string Severity = "", IReadOnlyList<string>? Services = null, string Text = "", string Confirmed = "", Instant? Aware = null, string By = "");
