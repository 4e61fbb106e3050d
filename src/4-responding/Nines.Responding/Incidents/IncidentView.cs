using Nines.Catalog;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>An incident as doors show it, with people by name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it: <c>INC-12</c>.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Severity"><c>SEV1</c> to <c>SEV4</c>.</param>
/// <param name="State"><c>open</c>, <c>mitigated</c>, <c>resolved</c> or <c>merged</c>.</param>
/// <param name="Phase">Where the work stands.</param>
/// <param name="PhaseAt">Since when.</param>
/// <param name="Services">Whose users feel it.</param>
/// <param name="Drill">True for an exercise.</param>
public sealed record IncidentView(
    string Id, string Name, string Title, string Severity, string State, IncidentPhase Phase, Instant PhaseAt, IReadOnlyList<string> Services, bool Drill)
{
    /// <summary>Its clocks.</summary>
    public required IncidentClocks Clocks { get; init; }

    /// <summary>Who does what.</summary>
    public IReadOnlyList<RoleView> Roles { get; init; } = [];

    /// <summary>What the indicators say.</summary>
    public IReadOnlyList<MeasuredImpact> Impact { get; init; } = [];

    /// <summary>What may be behind it, the strongest first; empty once it is over.</summary>
    public IReadOnlyList<Suspect> Suspects { get; init; } = [];

    /// <summary>Minutes of clean data that every indicator has which burned; null where none burned.</summary>
    public int? CleanMinutes { get; init; }

    /// <summary>By when everybody must be asked how it stands; null where nobody need be.</summary>
    public Instant? CheckInDue { get; init; }

    /// <summary>What was ticked off.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>What it was; empty before it is over.</summary>
    public string Cause { get; init; } = "";

    /// <summary>Why it was resolved although the indicators did not say so; empty where they did.</summary>
    public string Override { get; init; } = "";

    /// <summary>The incident that it became part of; empty for none.</summary>
    public string MergedInto { get; init; } = "";

    /// <summary>How people call that incident; empty where it is none's part.</summary>
    public string MergedName { get; init; } = "";

    /// <summary>Incidents that it has to do with, by id.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>What raised it by itself since it was declared.</summary>
    public IReadOnlyList<EscalationTrigger> Triggers { get; init; } = [];

    /// <summary>The alerts that it is about.</summary>
    public IReadOnlyList<string> Alerts { get; init; } = [];

    /// <summary>The pages that it is about.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>What happened, in the order in which it happened.</summary>
    public IReadOnlyList<LineView> Timeline { get; init; } = [];

    /// <summary>Who has a role, by handle; empty for nobody.</summary>
    public string Who(IncidentRole role) => string.Join(", ", Roles.Where(r => r.Role == role).Select(r => r.Person));

    /// <summary>The view of an incident.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="measured">What the indicators say now; what was kept, where it is over.</param>
    /// <param name="policy">How this house responds.</param>
    /// <param name="catalog">People by name.</param>
    /// <param name="brief">True for a row of a list, which has no timeline.</param>
    public static IncidentView Of(Incident incident, IReadOnlyList<MeasuredImpact> measured, IncidentPolicy policy, CatalogView catalog, bool brief = false)
    {
        var state = incident.MergedInto.Length > 0 ? "merged" : incident.ResolvedAt is not null ? "resolved" : incident.MitigatedAt is not null ? "mitigated" : "open";
        return new(incident.Id, incident.Name, incident.Title, incident.Severity.Word(), state, incident.Phase, incident.PhaseAt, incident.Services, incident.Drill)
        {
            Clocks = IncidentClocks.Of(incident, measured),
            Roles = [.. incident.Roles.OrderBy(r => r.Role).ThenBy(r => r.Since).Select(r => new RoleView(r.Role, Name(r.Person), r.Since))],
            Impact = measured,
            CleanMinutes = incident.Open ? CleanData.Minutes(measured) : null,
            CheckInDue = MissedCheckIn.DueAt(incident, policy),
            Done = [.. incident.Done],
            Cause = incident.Cause,
            Override = incident.Override,
            MergedInto = incident.MergedInto,
            MergedName = incident.MergedName,
            Related = incident.Related,
            Triggers = [.. incident.Triggers],
            Alerts = incident.Alerts,
            Pages = incident.Pages,
            Timeline = brief ? [] : [.. incident.Timeline.OrderBy(l => l.At).Select(l => new LineView(l.Id, l.At, l.WrittenAt, l.Kind, l.Said(Name), l.By.Length > 0 ? Name(l.By) : "", l.About))],
        };

        string Name(string person) => catalog.PersonById(person)?.Name ?? person;
    }
}

/// <summary>Somebody has a role.</summary>
/// <param name="Role">Which.</param>
/// <param name="Person">Who, by handle.</param>
/// <param name="Since">Since when.</param>
public sealed record RoleView(IncidentRole Role, string Person, Instant Since);

/// <summary>A line of the timeline.</summary>
/// <param name="Id">Its id; corrections name it.</param>
/// <param name="At">When it happened.</param>
/// <param name="WrittenAt">When it was written down.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What happened.</param>
/// <param name="By">Who, by handle; empty for the house itself.</param>
/// <param name="About">What it is about; empty for nothing.</param>
public sealed record LineView(string Id, Instant At, Instant WrittenAt, TimelineKind Kind, string Text, string By, string About);
