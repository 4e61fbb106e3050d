using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>Draws the handoff of a shift from a state: the state as it was when the shift ended, or as it is.</summary>
public static class HandoffDrawing
{
    private const int Most = 20;

    // The first set of manifests is long, and tells little.
    private const int MostManifests = 8;
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly Duration Ahead = Duration.FromDays(14);

    /// <summary>The document.</summary>
    /// <param name="state">The state that it tells of.</param>
    /// <param name="all">Its manifests.</param>
    /// <param name="schedules">Who is on call.</param>
    /// <param name="shift">The shift that ends.</param>
    /// <param name="at">The time that it tells of.</param>
    public static HandoffDocument Of(HouseState state, ManifestSet all, IOnCallSchedules schedules, LivedShift shift, Instant at)
    {
        var catalog = CatalogView.Of(all);
        var present = schedules.At(state, shift.Schedule, at);
        var until = shift.Until ?? present?.Until;
        var coming = shift.Until is null ? (until is { } end ? schedules.At(state, shift.Schedule, end)?.People : null) ?? [] : present?.People ?? [];
        return new(shift.Id, shift.Schedule, shift.From, until, [.. shift.People.Select(p => NameOf(p, catalog))], [.. coming.Select(h => catalog.Person(h)?.DisplayName ?? h)], at,
            [Open(state), Woke(state, catalog, shift, at), Called(state, catalog, shift, at), Silences(state, at), Maintenance(all, at), Changes(state, all, shift.Schedule, at), Manifests(state, at), Risks(state, schedules, shift.Schedule, at)]);
    }

    private static HandoffPart Open(HouseState state) => new("Open pages", "None: nothing rings.",
        [.. state.Get<PageBook>().All.Values.Where(p => p.EndedAt is null && p.Severity == AlertSeverity.Page).OrderBy(p => p.OpenedAt).Take(Most)
            .Select(p => new HandoffLine(p.OpenedAt, p.Title, p.Unheard.Length > 0 ? "It reached nobody." : p.Service.Length > 0 ? $"Service {p.Service}" : "", "/pages/" + p.Id))]);

    private static HandoffPart Woke(HouseState state, CatalogView catalog, LivedShift shift, Instant at)
    {
        var people = shift.People.ToHashSet(StringComparer.Ordinal);
        var costs = WakeDebt.Of(state.Get<HandoffBook>(), new(people, null, ""), id => ZoneOf(id, catalog), shift.From, shift.Until ?? at);
        return new("What woke people", "Nobody was woken.",
            [.. costs.Take(Most).Select(c => new HandoffLine(c.Last, c.Title, $"{Times(c.Wakes)}, {c.Minutes:0} minutes awake{(c.Service.Length > 0 ? $", {c.Service}" : "")}"))]);
    }

    private static HandoffPart Called(HouseState state, CatalogView catalog, LivedShift shift, Instant at) => new("Pages of this shift", "None.",
        [.. state.Get<HandoffBook>().Calls.Values.Where(c => c.At >= shift.From && c.At < (shift.Until ?? at) && c.People.Any(shift.People.Contains)).OrderByDescending(c => c.At).Take(Most)
            .Select(c => new HandoffLine(c.At, c.Title, (c.Ended is { } end ? $"Over after {Span(end - c.At)}" : "Still open") + (c.Acknowledged is not null ? $", acknowledged by {NameOf(c.By, catalog)}" : ", acknowledged by nobody"), "/pages/" + c.Page))]);

    private static HandoffPart Silences(HouseState state, Instant at) => new("Silences", "None: everything that fires is heard.",
        [.. state.Get<SilenceBook>().Open.Values.Where(s => s.EndsAt > at).OrderBy(s => s.EndsAt).Take(Most)
            .Select(s => new HandoffLine(s.EndsAt, $"ends: {string.Join(' ', s.Matchers.Select(m => m.ToString()))}", $"{s.Owner}: {s.Comment}".Trim(' ', ':')))]);

    private static HandoffPart Maintenance(ManifestSet all, Instant at) => new("Scheduled maintenance", "None within 14 days.",
        [.. all.Of<MaintenanceWindow>().Where(w => w.Until > at && w.From < at + Ahead).OrderBy(w => w.From).Take(Most)
            .Select(w => new HandoffLine(w.From, w.Name, $"{w.Reason} (until {w.Until.InUtc():yyyy-MM-dd HH:mm}Z, {w.Owner})"))]);

    // What the schedule's own services and those that they call went through; everything where the schedule has none.
    private static HandoffPart Changes(HouseState state, ManifestSet all, string schedule, Instant at)
    {
        var own = CatalogView.Of(all).Services.Where(s => s.Service.OncallRotation == schedule).SelectMany(s => s.DependsOn.Append(s.Service.Name)).ToHashSet(StringComparer.Ordinal);
        var changes = state.Get<ChangeBook>().All.Where(c => c.At > at - Week && c.At <= at && (own.Count == 0 || c.Service.Length == 0 || own.Contains(c.Service))).OrderByDescending(c => c.At).ToArray();
        var lines = changes.Take(Most).Select(c => new HandoffLine(
            c.At, c.Title, $"{Change.WordOf(c.Kind)} of {(c.Service.Length > 0 ? c.Service : "everything")}{(c.Stage.Length > 0 ? ", " + c.Stage : "")}{(c.Version.Length > 0 ? ", " + c.Version : "")}", "/changes"));
        return new("Deploys, flags and settings of the last 7 days", "None that Nines was told of.",
            changes.Length > Most ? [.. lines, new(null, $"And {changes.Length - Most} more", "", "/changes")] : [.. lines]);
    }

    // People are left out: what a manifest says of them is theirs.
    private static HandoffPart Manifests(HouseState state, Instant at)
    {
        var changed = state.Get<ManifestsState>().All.Values.Where(m => !m.Sealed && m.At > at - Week && m.At <= at).OrderByDescending(m => m.At).ToArray();
        var lines = changed.Take(MostManifests).Select(m => new HandoffLine(m.At, $"{m.Key.Kind} {m.Key.Name}", m.Revision == 1 ? "new" : $"revision {m.Revision}", $"/manifests/{Uri.EscapeDataString(m.Key.Kind)}/{Uri.EscapeDataString(m.Key.Name)}?apiVersion={Uri.EscapeDataString(m.Key.ApiVersion)}"));
        return new("What changed in Nines in the last 7 days", "Nothing.",
            changed.Length > MostManifests ? [.. lines, new(null, $"And {changed.Length - MostManifests} more", "", "/manifests")] : [.. lines]);
    }

    private static HandoffPart Risks(HouseState state, IOnCallSchedules schedules, string schedule, Instant at) => new("Known risks", "No hour of the next 14 days is without somebody.",
        [.. schedules.Between(state, schedule, at, at + Ahead).Where(s => s.IsGap).Take(Most)
            .Select(s => new HandoffLine(s.From, "nobody is on call", $"until {s.Until.InUtc():yyyy-MM-dd HH:mm}Z"))]);

    /// <summary>A person's name; a word where they are gone.</summary>
    public static string NameOf(string id, CatalogView catalog) => catalog.PersonById(id)?.DisplayName ?? (catalog.Person(id)?.DisplayName ?? "somebody who is gone");

    /// <summary>Where a person lives; UTC where nobody said so.</summary>
    public static DateTimeZone ZoneOf(string id, CatalogView catalog) => catalog.PersonById(id)?.Zone ?? DateTimeZone.Utc;

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Span(Duration time) => time < Duration.FromHours(1) ? $"{Math.Max(1, Math.Round(time.TotalMinutes)):0} min" : $"{time.TotalHours:0.0} h";
}
