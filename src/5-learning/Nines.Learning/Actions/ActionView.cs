using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>An action as doors show it, with people by name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it: <c>AI-12</c>.</param>
/// <param name="Title">What is done.</param>
/// <param name="State"><c>open</c>, <c>in-progress</c>, <c>done</c> or <c>dropped</c>.</param>
/// <param name="Type"><c>prevent</c>, <c>detect</c>, <c>mitigate</c> or <c>process</c>.</param>
/// <param name="Priority"><c>P0</c>, <c>P1</c> or <c>P2</c>.</param>
/// <param name="Owner">Who does it, by handle; empty for nobody.</param>
/// <param name="Team">The team that owns the service; empty for none.</param>
/// <param name="Service">The service that it is about; empty for none.</param>
/// <param name="Incident">The incident that it follows from, as people say it; empty for none.</param>
/// <param name="Deadline">By when.</param>
/// <param name="Overdue">True where that is past and it is not done.</param>
public sealed record ActionView(
    string Id, string Name, string Title, string State, string Type, string Priority, string Owner, string Team, string Service, string Incident, Instant Deadline, bool Overdue)
{
    /// <summary>Id of the incident; empty for none.</summary>
    public string IncidentId { get; init; } = "";

    /// <summary>The IANA zone in which its deadline is the end of a day.</summary>
    public string Zone { get; init; } = "Etc/UTC";

    /// <summary>A link to somebody else's list of work; empty for none.</summary>
    public string Link { get; init; } = "";

    /// <summary>What trackers call it, with a link where they have an address for it.</summary>
    public IReadOnlyList<TrackedView> Tracked { get; init; } = [];

    /// <summary>What Nines looks at, as it is written; empty for nothing.</summary>
    public string Check { get; init; } = "";

    /// <summary>Since when that holds; null while it does not.</summary>
    public Instant? HoldsSince { get; init; }

    /// <summary>When it was written down.</summary>
    public Instant AddedAt { get; init; }

    /// <summary>When it was done or dropped; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What proves that it is done, or why it was dropped.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>True where Nines itself closed it.</summary>
    public bool ByCheck { get; init; }

    /// <summary>What happened, the newest first.</summary>
    public IReadOnlyList<ActionLine> Lines { get; init; } = [];

    /// <summary>The last day on which it may be done, by its owner's clock: <c>2026-12-01</c>.</summary>
    public string DeadlineDay => ActionPolicy.DayOf(Deadline, DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? DateTimeZone.Utc);

    /// <summary>True until it is done or dropped.</summary>
    public bool IsOpen => State is "open" or "in-progress";
}

/// <summary>An action in somebody else's tracker.</summary>
/// <param name="Tracker">Which tracker.</param>
/// <param name="Key">What it is called there; empty while it is on its way.</param>
/// <param name="Url">Where it is; empty where nobody knows.</param>
/// <param name="Outcome">What the tracker answered last.</param>
public sealed record TrackedView(string Tracker, string Key, string Url, string Outcome);
