using System.Collections.Immutable;
using System.Text.Json;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>
/// Folds incidents. What happens to their pages, alerts and services while they are open becomes a line of their
/// timeline by itself: nobody types a fact that the house knows.
/// </summary>
public sealed class IncidentBookFold : Fold<IncidentBook>
{
    /// <inheritdoc />
    public override string Room => "incidents";

    /// <inheritdoc />
    public override int Version => 6;

    /// <inheritdoc />
    public override IncidentBook Empty => IncidentBook.None;

    /// <inheritdoc />
    public override IncidentBook Apply(IncidentBook state, in Recorded happened)
    {
        var here = new Moment(happened.Entry.At, happened.Entry.Position);
        return happened.Event switch
        {
            IncidentDeclared e => state.With(Declare(e, here)),
            IncidentSeverityChanged e => state.Change(e.Id, i => (i with { Severity = e.Severity, CheckedInAt = here.At, CheckInMissed = false }).Tells(here.Line(TimelineKind.State, $"{e.Severity.Word()}: {e.Reason}", e.By))),
            RoleTaken e => state.Change(e.Id, i => Take(i, e, here)),
            RoleLeft e => state.Change(e.Id, i => (i with { Roles = i.Roles.RemoveAll(r => r.Role == e.Role && r.Person == e.Person) }).Tells(here.Line(TimelineKind.Role, $"{{0}} is {RoleWords.Of(e.Role)} no more.", e.Person))),
            IncidentNoted e => state.Change(e.Id, i => i.Tells(new(e.Line, e.At, here.At, e.Kind, e.Text, e.By, e.Corrects))),
            IncidentChecked e => state.Change(e.Id, i => i with { Done = e.Done ? i.Done.Add(e.Item) : i.Done.Remove(e.Item) }),
            IncidentCheckedIn e => state.Change(e.Id, i => (i with { CheckedInAt = here.At, CheckInMissed = false }).Tells(here.Line(TimelineKind.Note, e.Text, e.By))),
            CheckInMissed e => state.Change(e.Id, i => (i with { CheckInMissed = true, CheckInMissedFor = i.Services.FirstOrDefault() ?? "" }).Tells(here.Line(TimelineKind.State, "Nobody checked in in time."))),
            IncidentJoined e => state.Change(e.Id, i => Join(i, e, here)),
            MitigationBegun e => state.Change(e.Id, i => i.Enters(IncidentPhase.Mitigate, here.At).Tells(here.Line(TimelineKind.Decision, e.What, e.By))),
            IncidentMitigated e => state.Change(e.Id, i => (i with { MitigatedAt = here.At, Helped = e.How }).Enters(IncidentPhase.Resolve, here.At).Tells(here.Line(TimelineKind.State, $"Mitigated: {e.How}", e.By))),
            ImpactMeasured e => state.Change(e.Id, i => Measure(i, e.Impact, here)),
            IncidentResolved e => state.Close(e.Id, here.Position, i => Resolve(i, e, here)),
            IncidentReopened e => state.Reopen(e.Id, i => (i with { ResolvedAt = null, MitigatedAt = null, Override = "", CheckedInAt = here.At, CheckInMissed = false }).Enters(IncidentPhase.Respond, here.At).Tells(here.Line(TimelineKind.State, $"Open again: {e.Reason}", e.By))),
            IncidentMerged e => Merge(state, e, here),
            IncidentSplit e => state.Change(e.Id, i => Part(i, e, here)).Move(e.Pages, e.Into),
            IncidentsRelated e => state.Change(e.Id, i => Relate(i, e.Other, state, e, here)).Change(e.Other, i => Relate(i, e.Id, state, e, here)),
            IncidentTriggered e => state.Change(e.Id, i => (i with { Triggers = i.Triggers.Add(e.Trigger) }).Tells(here.Line(TimelineKind.State, Capital($"{SeverityMatrix.Words(e.Trigger)}{(e.Why.Length > 0 ? ": " + e.Why : ".")}"), e.By))),
            IncidentTold e => state.Change(e.Id, i => i.Tells(here.Line(e.Kind, e.Text, e.By, e.About))),
            _ => Hear(state, happened.Event, here),
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(IncidentBook state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept([.. state.All.Values.OrderBy(i => i.Number)], [.. state.Closed], state.Numbers, new(state.ByPage, StringComparer.Ordinal), [.. state.Old.Values.OrderBy(i => i.Number)]), HouseJson.Options);

    /// <inheritdoc />
    public override IncidentBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of incidents is empty.");
        return kept.All.Aggregate(IncidentBook.None with { Closed = [.. kept.Closed], Numbers = kept.Numbers, Old = kept.Old.ToImmutableDictionary(i => i.Id, StringComparer.Ordinal) }, (book, incident) => book.With(incident)) with { ByPage = kept.ByPage.ToImmutableDictionary() };
    }

    private static Incident Declare(IncidentDeclared e, Moment here)
    {
        var incident = new Incident
        {
            Id = e.Id,
            Number = e.Number,
            Title = e.Title,
            Severity = e.Severity,
            Services = [.. e.Services],
            Alerts = [.. e.Alerts],
            Pages = [.. e.Pages],
            Drill = e.Drill,
            DeclaredAt = here.At,
            DetectedAt = e.DetectedAt,
            PagedAt = e.PagedAt,
            AcknowledgedAt = e.AcknowledgedAt,
            Phase = IncidentPhase.Triage,
            PhaseAt = here.At,
            CheckedInAt = here.At,
        };
        var known = e.Known.Select((fact, n) => new TimelineLine($"{here.Position}-{n}", fact.At, here.At, fact.Kind, fact.Text, fact.By, fact.About));
        return Measure(incident with { Timeline = [.. known] }, e.Impact, here)
            .Tells(here.Line(TimelineKind.State, $"Declared {e.Severity.Word()}{(e.Drill ? ", a drill" : "")}: {e.Reason}", e.By));
    }

    private static Incident Take(Incident incident, RoleTaken e, Moment here)
    {
        var others = e.Role == IncidentRole.Expert ? incident.Roles.RemoveAll(r => r.Role == e.Role && r.Person == e.Person) : incident.Roles.RemoveAll(r => r.Role == e.Role);
        var next = incident with { Roles = others.Add(new(e.Role, e.Person, here.At)), EngagedAt = incident.EngagedAt ?? here.At };
        if (e.Role == IncidentRole.Commander && next.Phase < IncidentPhase.Respond) next = next.Enters(IncidentPhase.Respond, here.At);
        return next.Tells(here.Line(TimelineKind.Role, $"{{0}} is {RoleWords.Of(e.Role)}.", e.Person));
    }

    private static Incident Join(Incident incident, IncidentJoined e, Moment here) => (incident with
    {
        PagedAt = incident.PagedAt ?? (e.Pages.Count > 0 ? here.At : null),
        Pages = incident.Pages.AddRange(e.Pages.Except(incident.Pages, StringComparer.Ordinal)),
        Alerts = incident.Alerts.AddRange(e.Alerts.Except(incident.Alerts, StringComparer.Ordinal)),
        Services = incident.Services.AddRange(e.Services.Except(incident.Services, StringComparer.Ordinal)),
    }).Tells(here.Line(TimelineKind.Page, e.Reason, about: e.Pages.Count > 0 ? "page/" + e.Pages[0] : ""));

    // The first time that users feel it is news; that they still do is not.
    private static Incident Measure(Incident incident, IReadOnlyList<MeasuredImpact> impact, Moment here)
    {
        var next = incident with { Impact = [.. impact] };
        if (next.ImpactFrom is not { } from || from == incident.ImpactFrom) return next;
        var first = impact.MinBy(i => i.From)!;
        return next.Tells(new($"{here.Position}-impact", from, here.At, TimelineKind.Impact, $"Users begin to feel it, says {first.Objective}."));
    }

    private static Incident Resolve(Incident incident, IncidentResolved e, Moment here)
    {
        var next = Measure(incident, e.Impact, here) with { ResolvedAt = here.At, MitigatedAt = incident.MitigatedAt ?? here.At, Cause = e.Cause, Override = e.Override };
        if (next.ImpactUntil is { } until) next = next.Tells(new($"{here.Position}-until", until, here.At, TimelineKind.Impact, "Users feel it no more, says the indicator."));
        return next.Enters(IncidentPhase.Review, here.At).Tells(here.Line(TimelineKind.State, $"Resolved: {e.Cause}{(e.Override.Length > 0 ? $" The indicators were not waited for: {e.Override}" : "")}", e.By));
    }

    private static IncidentBook Merge(IncidentBook book, IncidentMerged e, Moment here)
    {
        if (!book.All.TryGetValue(e.Id, out var part)) return book;
        var into = book.Find(e.Into)?.Name ?? "another incident";
        return book
            .Close(e.Id, here.Position, i => (i with { MergedInto = e.Into, MergedName = into }).Tells(here.Line(TimelineKind.State, $"{{0}} made it part of {into}.", e.By, "incident/" + e.Into)))
            .Change(e.Into, i => Join(Earliest(i, part), new(i.Id, part.Pages, part.Alerts, part.Services, $"{part.Name} is part of it now: {part.Title}"), here));
    }

    private static Incident Part(Incident incident, IncidentSplit e, Moment here) => (incident with
    {
        Services = incident.Services.RemoveRange(e.Services),
        Pages = incident.Pages.RemoveRange(e.Pages),
        Alerts = incident.Alerts.RemoveRange(e.Alerts),
        Related = incident.Related.Add(e.Into),
    }).Tells(here.Line(TimelineKind.State, $"INC-{e.Number} is an incident of its own now: {e.Title}", e.By, "incident/" + e.Into));

    private static Incident Relate(Incident incident, string other, IncidentBook book, IncidentsRelated e, Moment here) => (incident with { Related = incident.Related.Add(other) })
        .Tells(here.Line(TimelineKind.Note, $"It has to do with {book.Find(other)?.Name ?? "another incident"}: {e.Why}", e.By, "incident/" + other));

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    // Of two that are one, the earlier of each clock counts.
    private static Incident Earliest(Incident incident, Incident part) => incident with
    {
        DetectedAt = Instant.Min(incident.DetectedAt, part.DetectedAt),
        PagedAt = Earlier(incident.PagedAt, part.PagedAt),
        AcknowledgedAt = Earlier(incident.AcknowledgedAt, part.AcknowledgedAt),
    };

    private static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;

    /// <summary>News of other rooms about what belongs to an open incident.</summary>
    private static IncidentBook Hear(IncidentBook book, object? news, Moment here) => news switch
    {
        _ when book.ByPage.IsEmpty && book.All.Count == book.Closed.Count => book,
        PageStepTaken e => OfPage(book, e.Page, i => i.Tells(here.Line(TimelineKind.Page, e.Reason, about: "page/" + e.Page))),
        PageAcknowledged e => OfPage(book, e.Page, i => (i with { AcknowledgedAt = i.AcknowledgedAt ?? here.At }).Tells(here.Line(TimelineKind.Page, "{0} has the page.", e.Person, "page/" + e.Page))),
        PageUnheard e => OfPage(book, e.Page, i => i.Tells(here.Line(TimelineKind.Page, $"The page reached nobody: {e.Reason}", about: "page/" + e.Page))),
        PageEnded e => OfPage(book, e.Page, i => i.Tells(here.Line(TimelineKind.Page, e.Reason, e.By, "page/" + e.Page))),
        AlertResolved e => OfAlert(book, e.Id, i => i.Alerts.Count > EndsTold ? i : i.Tells(here.Line(TimelineKind.Alert, $"An alert is over. {e.Reason}".TrimEnd(), about: "alert/" + e.Id))),
        ChangeRecorded e => book.Open.Where(i => e.Service.Length > 0 && i.Services.Contains(e.Service))
            .Aggregate(book, (next, i) => next.Change(i.Id, x => x.Tells(new($"{here.Position}", e.At, here.At, TimelineKind.Change, ChangeWords.Of(e.Kind, e.Title, e.Service), e.By, "change/" + e.Id)))),
        _ => book,
    };

    // Of a storm the page tells the end; a line for each alert would bury what people did.
    private const int EndsTold = 20;

    private static IncidentBook OfPage(IncidentBook book, string page, Func<Incident, Incident> change) => book.OfPage(page) is { } incident ? book.Change(incident.Id, change) : book;

    private static IncidentBook OfAlert(IncidentBook book, string alert, Func<Incident, Incident> change) =>
        book.Open.Where(i => i.Alerts.Contains(alert)).Aggregate(book, (next, i) => next.Change(i.Id, change));

    private sealed record Kept(Incident[] All, string[] Closed, int Numbers, SortedDictionary<string, string> ByPage, OldIncident[] Old);

    /// <summary>When something was written, and where in the journal.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Moment(Instant At, long Position)
    {
        public TimelineLine Line(TimelineKind kind, string text, string by = "", string about = "") => new($"{Position}", At, At, kind, text, by, about);
    }
}
