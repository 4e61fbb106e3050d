namespace Nines.Responding.Incidents;

/// <summary>How bad an incident is (seed 003, phase 5; seed 004).</summary>
public enum IncidentSeverity
{
    /// <summary>Everybody, or what may never happen: data lost, personal data out.</summary>
    Sev1 = 1,

    /// <summary>A core function for some, or everything slower for many.</summary>
    Sev2 = 2,

    /// <summary>A lesser function, or few people.</summary>
    Sev3 = 3,

    /// <summary>Hardly anybody notices.</summary>
    Sev4 = 4,
}

/// <summary>What does not work: the rows of the matrix.</summary>
public enum ImpactFunction
{
    /// <summary>A core function is down.</summary>
    Core,

    /// <summary>It works, but badly.</summary>
    Degraded,

    /// <summary>Something beside the core is down.</summary>
    NonCore,

    /// <summary>Cosmetic or minor.</summary>
    Cosmetic,
}

/// <summary>How many feel it: the columns of the matrix.</summary>
public enum ImpactUsers
{
    /// <summary>One.</summary>
    One,

    /// <summary>Fewer than a quarter.</summary>
    Few,

    /// <summary>A quarter or more.</summary>
    Many,

    /// <summary>All of them.</summary>
    All,
}

/// <summary>What raises a severity by itself, whatever the matrix says.</summary>
public enum EscalationTrigger
{
    /// <summary>Any data loss.</summary>
    DataLoss,

    /// <summary>A breach of security with personal data.</summary>
    PersonalData,

    /// <summary>It costs revenue.</summary>
    Revenue,

    /// <summary>An agreement is about to be broken.</summary>
    SlaBreach,
}

/// <summary>A severity as it is written.</summary>
public static class SeverityText
{
    /// <summary><c>SEV1</c>.</summary>
    public static string Word(this IncidentSeverity severity) => $"SEV{(int)severity}";

    /// <summary>Reads <c>sev1</c>, <c>SEV-1</c> or <c>1</c>; null for anything else.</summary>
    public static IncidentSeverity? Parse(string? text)
    {
        var digits = (text ?? "").Trim().ToUpperInvariant().Replace("SEV", "", StringComparison.Ordinal).TrimStart('-', ' ');
        return digits is ['1'] or ['2'] or ['3'] or ['4'] ? (IncidentSeverity)(digits[0] - '0') : null;
    }
}
