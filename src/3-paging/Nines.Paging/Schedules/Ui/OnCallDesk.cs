using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Schedules.Api;
using Nines.Shell.Components;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules.Ui;

/// <summary>Reads what the pages show.</summary>
internal sealed class OnCallDesk(IHouse house, OnCallSchedules schedules, CompiledManifests manifests, IContactBook contacts, IEnumerable<IServiceLevels> levels, IPersonKeys keys, TimeProvider clock)
{
    private static readonly Duration Ahead = Duration.FromDays(90);

    public OnCallPageModel List(TableQuery query)
    {
        var (state, now) = (house.State, clock.Now());
        var (all, catalog) = (SchedulesApi.All(state, schedules, now), manifests.Catalog(state));
        var services = catalog.Services.Take(OnCallPageModel.MostServices + 1).Select(s => (s.Service.Name, OnCallApi.LevelsOf(s, state, schedules, levels, now))).ToArray();
        return new(all, TableRules.Apply(all, SchedulesApi.Columns, query), query, services, catalog);
    }

    public DateTimeZone? ZoneOf(string schedule) => schedules.Find(house.State, schedule)?.Schedule.Zone;

    public SchedulePageModel? One(string name, IQueryCollection query, OverrideDraft? draft, IReadOnlyList<Problem> problems)
    {
        var (state, now) = (house.State, clock.Now());
        if (schedules.Find(state, name) is not { } rota) return null;
        var second = rota.Schedule.Secondary is { } other ? schedules.Find(state, other) : null;
        var (zone, month) = (rota.Schedule.Zone, query["view"] == "month");
        var monday = MondayOf(query["day"].ToString(), now.InZone(zone).Date);
        var range = new TimeRange(LocalClock.Begins(zone, monday.AtMidnight()), LocalClock.Begins(zone, monday.PlusWeeks(month ? 5 : 1).AtMidnight()));
        var all = manifests.For(state);
        DateTimeZone HomeOf(string p) => FindingsOfSchedules.Facts(all, p)?.Zone ?? zone;
        var isSecond = all.Of<Schedule>().Any(s => s.Secondary == name);
        var at = LocalOf(query["at"].ToString(), zone) ?? now;
        draft ??= OverrideDraft.For(zone, now) is var suggested && query["from"].Count > 0 && query["until"].Count > 0
            ? suggested with { From = query["from"].ToString(), Until = query["until"].ToString(), InsteadOf = query["instead"].ToString() } : suggested;
        return new(
            rota, second, SchedulesApi.Find(name, state, schedules, manifests, keys, range, now)!, CatalogView.Of(all),
            RotaFindings.Of(rota, second, isSecond, p => FindingsOfSchedules.Facts(all, p, person => contacts.Reaches(state, person)), now),
            RotaShares.Of(rota.Between(now, now + RotaRules.SharesAhead), HomeOf), monday, month, at,
            at.InZone(zone).ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture), draft, problems, now,
            state.Get<FeedBook>().Feeds.GetValueOrDefault(FeedBook.KeyOf(name, ""))?.Since);
    }

    public IReadOnlyList<Shift>? Shifts(string name, IQueryCollection query)
    {
        if (schedules.Find(house.State, name) is not { } rota) return null;
        var from = LocalClock.Begins(rota.Schedule.Zone, MondayOf(query["from"].ToString(), clock.Now().InZone(rota.Schedule.Zone).Date).AtMidnight());
        return rota.Between(from, from + Ahead);
    }

    public PersonOnCallModel? Person(string handle, IQueryCollection query, CoverDraft? draft, IReadOnlyList<Problem> problems)
    {
        var (state, now) = (house.State, clock.Now());
        var catalog = manifests.Catalog(state);
        if (catalog.Person(handle) is not { } person) return null;
        Rota[] rotas = [.. schedules.All(state)];
        var shifts = rotas.SelectMany(r => r.Between(now, now + Ahead).Where(s => s.People.Contains(handle, StringComparer.Ordinal))
            .Select(s => Own(handle, r, s.From == now ? r.At(now) : s, now))).OrderBy(s => s.From).ToArray();
        var asked = state.Get<ScheduleBook>().Asked.Values.Where(a => a.Until > now && a.By != person.Id && (a.To.Length == 0 || a.To == person.Id))
            .Select(a => (a.Schedule, new CoverView(a.Id, catalog.PersonById(a.By)?.DisplayName ?? "somebody", handle, a.From, a.Until, a.Back))).ToArray();
        draft ??= query["schedule"].Count > 0
            ? new(query["schedule"].ToString(), "", query["from"].ToString(), query["until"].ToString())
            : shifts.FirstOrDefault() is { } mine ? CoverDraft.For(mine, ZoneOf(mine.Schedule) ?? DateTimeZone.Utc, now) : CoverDraft.For(null, DateTimeZone.Utc, now);
        string[] own = [.. shifts.Select(s => s.Schedule).Distinct(StringComparer.Ordinal)];
        return new(
            person, shifts, contacts.Of(state, person.Id), asked, now, draft, [.. shifts.Select(s => (s.Schedule, s.DisplayName)).Distinct()],
            [.. catalog.People.Where(p => p.Name != handle).OrderBy(p => p.DisplayName, StringComparer.Ordinal).Select(p => (p.Name, p.DisplayName))],
            [.. rotas.Where(r => own.Contains(r.Schedule.Name)).SelectMany(r => InReturn(handle, r, catalog, now, own.Length > 1))], problems,
            state.Get<FeedBook>().Feeds.GetValueOrDefault(FeedBook.KeyOf("", person.Id))?.Since);
    }

    private static OwnShift Own(string handle, Rota rota, Shift shift, Instant now)
    {
        var (zone, name) = (rota.Schedule.Zone, rota.Schedule.Name);
        var address = $"/oncall/people/{Uri.EscapeDataString(handle)}?schedule={Uri.EscapeDataString(name)}&from={OverrideDraft.Words(Instant.Max(shift.From, now), zone)}&until={OverrideDraft.Words(shift.Until, zone)}#cover";
        return new(name, rota.Schedule.DisplayName, shift.From, shift.Until, shift.Reason, address);
    }

    // Whole shifts of one other person that lie ahead; few enough to choose from.
    private static IEnumerable<(string Value, string Words)> InReturn(string handle, Rota rota, CatalogView catalog, Instant now, bool several) => rota.Between(now, now + Ahead)
        .Where(s => s.From > now && s.People is [var other] && other != handle).Take(20)
        .Select(s => (new ShiftOfOthers(rota.Schedule.Name, s.People[0], s.From, s.Until).Value,
            $"{(several ? rota.Schedule.DisplayName + ": " : "")}{catalog.Person(s.People[0])?.DisplayName ?? s.People[0]}, {Day(s.From, rota)} to {Day(s.Until, rota)}"));

    private static string Day(Instant at, Rota rota) => at.InZone(rota.Schedule.Zone).ToString("ddd d MMM HH':'mm", System.Globalization.CultureInfo.InvariantCulture);

    private static LocalDate MondayOf(string day, LocalDate today)
    {
        var date = LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && parsed.Value.Year is > 1971 and < 2299 ? parsed.Value : today;
        return date.DayOfWeek == IsoDayOfWeek.Monday ? date : date.Previous(IsoDayOfWeek.Monday);
    }

    private static Instant? LocalOf(string text, DateTimeZone zone) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text) is { Success: true } parsed && parsed.Value.Year is > 1971 and < 2299 ? LocalClock.Begins(zone, parsed.Value) : null;
}
