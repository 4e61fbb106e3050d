using Nines.Catalog;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A schedule in one line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="People">Who is on call now; handles.</param>
/// <param name="Until">Until when.</param>
/// <param name="Next">Who follows; handles.</param>
/// <param name="Second">Who is second now; handles.</param>
/// <param name="SecondSchedule">The schedule of those; null for none.</param>
/// <param name="NextGap">When nobody is on call next, in the days looked at; null where somebody always is.</param>
/// <param name="Team">Whose schedule it is.</param>
public sealed record ScheduleSummary(
    string Name, string DisplayName, string Zone, IReadOnlyList<string> People, Instant Until, IReadOnlyList<string> Next,
    IReadOnlyList<string> Second, string? SecondSchedule, Instant? NextGap, string? Team)
{
    /// <summary>How far gaps are looked for in lists.</summary>
    public static Duration Ahead { get; } = Duration.FromDays(90);

    /// <summary>One schedule.</summary>
    public static ScheduleSummary Of(Rota rota, Rota? second, Instant now)
    {
        var at = rota.At(now);
        var ahead = rota.Between(now, now + Ahead);
        return new(
            rota.Schedule.Name, rota.Schedule.DisplayName, rota.Schedule.Zone.Id, at.People, at.Until, rota.At(at.Until).People,
            second?.At(now).People ?? [], second?.Schedule.Name, ahead.FirstOrDefault(s => s.IsGap)?.From, rota.Schedule.Team);
    }
}

/// <summary>A schedule with its shifts between two times.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Secondary">The schedule of those who are second; null for none.</param>
/// <param name="Now">Who is on call now.</param>
/// <param name="From">From when shifts are shown.</param>
/// <param name="Until">Until when.</param>
/// <param name="Shifts">Who is on call, without hole or overlap.</param>
/// <param name="Layers">Each layer by itself, bottom first.</param>
/// <param name="Overrides">Open ones, oldest first.</param>
/// <param name="Temporary">Open temporary schedules.</param>
/// <param name="Asked">Requests for cover that wait for an answer.</param>
public sealed record ScheduleView(
    string Name, string DisplayName, string Zone, string? Secondary, Shift Now, Instant From, Instant Until, IReadOnlyList<Shift> Shifts, IReadOnlyList<LayerView> Layers,
    IReadOnlyList<OverrideView> Overrides, IReadOnlyList<TemporaryView> Temporary, IReadOnlyList<CoverView> Asked)
{
    /// <summary>One schedule.</summary>
    /// <param name="rota">It.</param>
    /// <param name="book">What was decided beside its manifest.</param>
    /// <param name="catalog">People.</param>
    /// <param name="open">Opens a note that is sealed with a person's key; null where it is gone.</param>
    /// <param name="range">Which shifts.</param>
    /// <param name="now">When it is looked at.</param>
    public static ScheduleView Of(Rota rota, ScheduleBook book, CatalogView catalog, Func<string, string, string?> open, TimeRange range, Instant now)
    {
        var name = rota.Schedule.Name;
        string Handle(string id) => id.Length == 0 ? "" : catalog.PersonById(id)?.Name ?? "somebody erased";
        return new(
            name, rota.Schedule.DisplayName, rota.Schedule.Zone.Id, rota.Schedule.Secondary, rota.At(now), range.From, range.Until, rota.Between(range.From, range.Until),
            [.. rota.Layers.Select(l => new LayerView(l.Name, l.Shadow, [.. l.Between(range.From, range.Until).Select(p => new FixedShift(p.From, p.Until, p.Cover.People))]))],
            [.. book.OverridesOf(name).Where(o => o.Until > Instant.Min(now, range.From)).Select(o => new OverrideView(
                o.Id, o.Kind, Handle(o.In), Handle(o.Out), o.From, o.Until, o.Until > now, o.Request, o.Note.Length == 0 ? "" : open(o.Out.Length > 0 ? o.Out : o.In, o.Note) ?? ""))],
            [.. book.TemporaryOf(name).Where(t => t.Until > now).Select(t => new TemporaryView(t.Id, t.From, t.Until, [.. t.Shifts.Select(s => s with { People = [.. s.People.Select(Handle)] })]))],
            [.. book.Asked.Values.Where(a => a.Schedule == name && a.Until > now).Select(a => new CoverView(a.Id, Handle(a.By), Handle(a.To), a.From, a.Until, a.Back))]);
    }
}

/// <summary>One layer by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shadow">True for those who learn.</param>
/// <param name="Shifts">Whom it has when.</param>
public sealed record LayerView(string Name, bool Shadow, IReadOnlyList<FixedShift> Shifts);

/// <summary>An override as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Person">Who comes; empty for a removal.</param>
/// <param name="InsteadOf">Whose place it is; empty for everybody's.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Open">True where it still counts or will.</param>
/// <param name="Request">The request for cover that led to it; empty for none.</param>
/// <param name="Note">Why.</param>
public sealed record OverrideView(string Id, OverrideKind Kind, string Person, string InsteadOf, Instant From, Instant Until, bool Open, string Request, string Note)
{
    /// <summary>In words: <c>bo for ada</c>.</summary>
    public string Words => Kind switch
    {
        OverrideKind.Add => $"{Person} beside whoever is on call",
        OverrideKind.Remove => $"{InsteadOf} is off",
        _ => InsteadOf.Length > 0 ? $"{Person} for {InsteadOf}" : $"{Person} for whoever is on call",
    };
}

/// <summary>A temporary schedule as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Shifts">Who, when.</param>
public sealed record TemporaryView(string Id, Instant From, Instant Until, IReadOnlyList<FixedShift> Shifts);

/// <summary>A request for cover as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="By">Who asks.</param>
/// <param name="To">Who is asked; empty for anybody.</param>
/// <param name="From">Of the time to be covered.</param>
/// <param name="Until">Of the time to be covered.</param>
/// <param name="Back">A swap: what is taken in return.</param>
public sealed record CoverView(string Id, string By, string To, Instant From, Instant Until, TimeRange? Back);
