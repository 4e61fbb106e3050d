using System.Globalization;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>All that the page of one schedule shows.</summary>
/// <param name="Rota">The schedule.</param>
/// <param name="Second">Its secondary; null for none.</param>
/// <param name="View">Its shifts, overrides and requests in the time shown.</param>
/// <param name="Catalog">People.</param>
/// <param name="Findings">What breaks a rule.</param>
/// <param name="Shares">Everybody's share of the next quarter.</param>
/// <param name="Monday">The first day shown.</param>
/// <param name="Month">True for the view of months.</param>
/// <param name="At">Whom to call at this time; null where nobody asked.</param>
/// <param name="AtText">That time as typed.</param>
/// <param name="Draft">The form of an override.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Now">The present time.</param>
/// <param name="FeedSince">Since when its calendar has an address; null for none.</param>
/// <param name="FeedAddress">That address, right after it was made.</param>
public sealed record SchedulePageModel(
    Rota Rota, Rota? Second, ScheduleView View, CatalogView Catalog, IReadOnlyList<RotaFinding> Findings, IReadOnlyList<RotaShare> Shares,
    LocalDate Monday, bool Month, Instant At, string AtText, OverrideDraft Draft, IReadOnlyList<Problem> Problems, Instant Now, Instant? FeedSince = null, string? FeedAddress = null)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public string Name => Rota.Schedule.Name;

    public DateTimeZone Zone => Rota.Schedule.Zone;

    /// <summary>Everybody for a choice: handle and name, those of this schedule first.</summary>
    public IReadOnlyList<(string Value, string Words)> Everybody =>
        [.. Catalog.People.OrderBy(p => !Rota.Schedule.People.Contains(p.Name)).ThenBy(p => p.DisplayName, StringComparer.Ordinal).Select(p => (p.Name, p.DisplayName))];

    /// <summary>Where each day of the week begins, the end of the last included.</summary>
    public IReadOnlyList<Instant> Days => [.. Enumerable.Range(0, 8).Select(d => Midnight(Monday.PlusDays(d)))];

    /// <summary>The weeks of the month view.</summary>
    public const int Weeks = 5;

    /// <summary>The answer in words: who is on call until when, and the next hole.</summary>
    public IReadOnlyList<Phrase> Headline()
    {
        var now = Rota.At(Now);
        var next = Rota.At(now.Until);
        var words = new List<Phrase>();
        if (now.IsGap) words.AddRange([Phrase.Bold($"Nobody is on call for {Rota.Schedule.DisplayName}"), next.IsGap ? "." : $" until {Local(now.Until)}, then {People(next.People)}."]);
        else
        {
            words.Add(Phrase.Bold($"{People(now.People)} {(now.People.Count == 1 ? "holds" : "hold")} {Rota.Schedule.DisplayName}"));
            words.Add(now.Until - Now > Duration.FromDays(300) ? " for the months ahead." : $" until {Local(now.Until)}, then {(next.IsGap ? "nobody" : People(next.People))}.");
        }

        if (NextGap is { } gap && !now.IsGap) words.AddRange([" ", Phrase.Bold($"A gap:"), $" nobody is on call {Local(gap.From)} to {Local(gap.Until)}."]);
        return words;
    }

    /// <summary>The next gap ahead.</summary>
    public Shift? NextGap => Rota.Between(Now, Now + ScheduleSummary.Ahead).FirstOrDefault(s => s.IsGap);

    /// <summary>The bars of a layer.</summary>
    public IEnumerable<RotaBar> Bars(LayerView layer) => layer.Shifts.Select(s => new RotaBar(s.From, s.Until, Initials(s.People), $"{People(s.People)}, {Local(s.From)} to {Local(s.Until)}", "lay"));

    /// <summary>The bars of overrides and of what else lies over the layers.</summary>
    public IEnumerable<RotaBar> OverBars() =>
        Rota.Between(Days[0], Days[^1]).Where(s => s.Layer is "override" or "temporary" or "holiday")
            .Select(s => new RotaBar(s.From, s.Until, Initials(s.People), $"{s.Reason} {Local(s.From)} to {Local(s.Until)}", s.IsGap ? "gapf" : "ovr"));

    /// <summary>The bars of who is really called; a click on one that is not over puts somebody else there.</summary>
    public IEnumerable<RotaBar> FinalBars(Rota rota) => rota.Between(Days[0], Days[^1])
        .Select(s => new RotaBar(s.From, s.Until, Initials(s.People), $"{(s.IsGap ? "Nobody" : People(s.People))}, {Local(s.From)} to {Local(s.Until)}. {s.Reason}", s.IsGap ? "gapf" : "fin", InsteadOf(rota, s)));

    /// <summary>Where the form is that puts somebody else into a shift; null where the shift is over.</summary>
    public string? InsteadOf(Rota rota, Shift shift) => shift.Until <= Now ? null
        : $"{OnCallPages.AddressOf(rota.Schedule.Name)}?day={Day(Monday)}{(Month ? "&view=month" : "")}&from={OverrideDraft.Words(Instant.Max(shift.From, Now), rota.Schedule.Zone)}&until={OverrideDraft.Words(shift.Until, rota.Schedule.Zone)}{(shift.People is [var one] ? "&instead=" + Uri.EscapeDataString(one) : "")}#override";

    /// <summary>The same for one day of the month; null where it is over.</summary>
    public string? InsteadOf(LocalDate date)
    {
        var (from, until) = (Midnight(date), Midnight(date.PlusDays(1)));
        var shifts = DayOf(View.Shifts, Instant.Max(from, Now), until);
        return until <= Now ? null : InsteadOf(Rota, new(Name, from, until, shifts is [{ } only] ? only.People : [], "", ""));
    }

    private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", Plain);

    /// <summary>The same for those who do not see.</summary>
    public static string Spoken(IEnumerable<RotaBar> bars)
    {
        var said = string.Join("; ", bars.Take(40).Select(b => b.Title));
        return said.Length == 0 ? "nothing" : said;
    }

    /// <summary>How much of the week is covered.</summary>
    public string Covered(Rota rota)
    {
        var all = (Days[^1] - Days[0]).TotalHours;
        var covered = rota.Between(Days[0], Days[^1]).Where(s => !s.IsGap).Sum(s => (s.Until - s.From).TotalHours);
        return $"covered {covered.ToString("0.#", Plain)} of {all.ToString("0.#", Plain)} h";
    }

    /// <summary>The shifts of one day.</summary>
    public static IReadOnlyList<Shift> DayOf(IReadOnlyList<Shift> shifts, Instant from, Instant until) => [.. shifts.Where(s => s.From < until && s.Until > from)];

    /// <summary>When a day begins.</summary>
    public Instant Midnight(LocalDate date) => LocalClock.Begins(Zone, date.AtMidnight());

    /// <summary>How a layer's people take turns.</summary>
    public static string Turns(ScheduleLayer layer, DateTimeZone zone)
    {
        var parts = new List<string>();
        if (layer.Rotation is { } rotation)
        {
            var people = rotation.Slots.SelectMany(s => s).Distinct(StringComparer.Ordinal).Count();
            parts.Add(Figures.Of(people, "person", "people"));
            parts.Add(rotation.Length == 1 ? rotation.Unit.ToString().ToLowerInvariant() : $"every {rotation.Length} {rotation.Unit switch { TurnUnit.Hourly => "hours", TurnUnit.Daily => "days", TurnUnit.Weekly => "weeks", _ => "months" }}");
            parts.Add((rotation.Unit == TurnUnit.Weekly ? rotation.Start.ToString("ddd HH':'mm", Plain) : rotation.Start.ToString("HH':'mm", Plain)));
        }
        else parts.Add(Figures.Of(layer.Shifts.Count, "shift"));

        if (layer.Hours.Count > 0) parts.Add("some hours");
        if (layer.Zone is { } own && !own.Equals(zone)) parts.Add(own.Id);
        if (layer.RestsOnHolidays) parts.Add("not on holidays");
        return string.Join(", ", parts);
    }

    /// <summary>A time in the schedule's zone, short where it is near.</summary>
    public string Local(Instant at)
    {
        var local = at.InZone(Zone);
        var today = Now.InZone(Zone).Date;
        if (local.Date == today) return local.ToString("'today' HH':'mm", Plain);
        return Math.Abs(Period.DaysBetween(today, local.Date)) < 6 && at > Now ? local.ToString("ddd HH':'mm", Plain) : local.ToString(local.Year == today.Year ? "ddd d MMM HH':'mm" : "ddd d MMM yyyy HH':'mm", Plain);
    }

    /// <summary>People as they are called.</summary>
    public string People(IReadOnlyList<string> handles) => handles.Count == 0 ? "nobody" : string.Join(" and ", handles.Select(NameOf));

    public string NameOf(string handle) => Catalog.Person(handle)?.DisplayName ?? handle;

    /// <summary>A few letters for narrow places.</summary>
    public string Initials(IReadOnlyList<string> handles) => string.Join("+", handles.Select(h => Initials(NameOf(h))));

    private static string Initials(string name)
    {
        var words = name.Split([' ', '-', '.', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => words[0].Length <= 5 ? words[0] : words[0][..2],
            _ => string.Concat(words[0][..1], words[^1][..1]).ToUpperInvariant(),
        };
    }
}
