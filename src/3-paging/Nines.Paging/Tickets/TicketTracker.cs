using Nines.Catalog.Manifests;

namespace Nines.Paging.Tickets;

/// <summary>Somebody else's list of work that Nines' tickets are copied to: the manifest <c>TicketTracker</c>, read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>jira</c> or <c>servicenow</c>.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Project">Jira: the project's key. ServiceNow: the table.</param>
/// <param name="IssueType">Jira: the type of issue.</param>
/// <param name="User">Name for the token; empty where the token stands alone.</param>
/// <param name="Token">Where the token is kept.</param>
/// <param name="Done">The state of what is closed: Jira the name of a transition or status, ServiceNow its number.</param>
/// <param name="Again">The state of what opens again.</param>
/// <param name="Services">Whose tickets; none for all.</param>
public sealed record TicketTracker(
    string Name, string Kind, Uri Url, string Project, string IssueType, string User, SecretReference? Token, string Done, string Again, IReadOnlyList<string> Services)
{
    /// <summary>The word of Jira.</summary>
    public const string Jira = "jira";

    /// <summary>The word of ServiceNow.</summary>
    public const string ServiceNow = "servicenow";

    /// <summary>True where it takes tickets of a service.</summary>
    public bool Takes(string service) => Services.Count == 0 || Services.Contains(service, StringComparer.Ordinal);
}

/// <summary>What a tracker is told.</summary>
public static class TrackerAction
{
    /// <summary>A ticket opened.</summary>
    public const string Open = "open";

    /// <summary>Something about it is new.</summary>
    public const string Update = "update";

    /// <summary>It was closed.</summary>
    public const string Close = "close";

    /// <summary>It is open again.</summary>
    public const string Reopen = "reopen";
}

/// <summary>The payload of a call: everything that a tracker needs, the same at every try.</summary>
/// <param name="Action">One of <see cref="TrackerAction"/>.</param>
/// <param name="Ticket">The ticket's id: what both sides know it by, so that a second try finds what the first one made.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Priority">As the severity guide has it.</param>
/// <param name="Text">What is new.</param>
/// <param name="Url">The ticket on the screen.</param>
public sealed record TrackerMessage(string Action, string Ticket, int Number, string Title, string Service, string Priority, string Text, string Url)
{
    /// <summary>One line for the tracker's list.</summary>
    public string Summary => $"{(Service.Length > 0 ? Service + ": " : "")}{Title}" is var line && line.Length > 250 ? line[..249] + "…" : $"{(Service.Length > 0 ? Service + ": " : "")}{Title}";
}
