using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Schedules.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules.Ui;

/// <summary>The room's pages: who is on call, one schedule, one person.</summary>
internal static class OnCallPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("schedules"), Permission.Write("schedules"));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "On call", "/oncall", "user", Dock: true, Order: 20));
        room.Services.AddSingleton<OnCallDesk>();
        room.Fill<IPaletteSource, OnCallPalette>();
        room.Get("/oncall", read, (HttpContext http, OnCallDesk desk) => new PageResult<OnCallPage>(Of(desk.List(TableQuery.Of(http.Request)))));
        room.Get("/oncall.csv", read, (HttpContext http, OnCallDesk desk) => TableExport.Csv(desk.List(TableQuery.Of(http.Request)).Table.Rows, SchedulesApi.Columns, "oncall"));
        room.Get("/oncall.json", read, (HttpContext http, OnCallDesk desk) => TableExport.Json(desk.List(TableQuery.Of(http.Request)).Table.Rows, SchedulesApi.Columns));
        room.Get("/oncall/{schedule}", read, (HttpContext http, string schedule, OnCallDesk desk) => One(http, schedule, desk, null, []));
        room.Get("/oncall/{schedule}/shifts.csv", read, Shifts);
        room.Get("/oncall/people/{person}", read, (HttpContext http, string person, OnCallDesk desk) => Person(http, person, desk, null, []));
        room.Post("/oncall/people/{person}/cover", write, CoverAsync);
        room.Post("/oncall/people/{person}/feed", write, async (HttpContext http, string person, OnCallDesk pages, FeedDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var made = await desk.SetAsync(http.Caller(), "", person, rotate: true, clock.Now(), stop);
            return made.Ok ? Person(http, person, pages, null, [], AddressOf(http, made.Value)) : ProblemAnswers.Refuse(http, made.Problems);
        });
        room.Post("/oncall/{schedule}/feed", write, async (HttpContext http, string schedule, OnCallDesk pages, FeedDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var made = await desk.SetAsync(http.Caller(), schedule, "", rotate: true, clock.Now(), stop);
            return made.Ok ? One(http, schedule, pages, null, [], AddressOf(http, made.Value)) : ProblemAnswers.Refuse(http, made.Problems);
        });
        room.Post("/oncall/{schedule}/override", write, OverrideAsync);
        room.Post("/oncall/{schedule}/overrides/{id}/end", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
            Back(http, schedule, await desk.EndOverrideAsync(http.Caller(), schedule, id, stop)));
        room.Post("/oncall/{schedule}/covers/{id}", write, async (HttpContext http, string schedule, string id, ScheduleDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            return Back(http, schedule, await desk.AnswerAsync(http.Caller(), schedule, id, form["by"].ToString(), form["answer"] == "accept", stop));
        });
    }

    private static string AddressOf(HttpContext http, FeedAddress made) => $"{http.Request.Scheme}://{http.Request.Host}{made.Path}";

    private static IResult Person(HttpContext http, string person, OnCallDesk desk, CoverDraft? draft, IReadOnlyList<Problem> problems, string? feed = null) => desk.Person(person, draft, problems) is { } model
        ? new PageResult<PersonOnCallPage>(Of(model with { FeedAddress = feed }), problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
        : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no person \"{person}\".", "Find them by name."));

    private static async Task<IResult> CoverAsync(HttpContext http, string person, OnCallDesk pages, ScheduleDesk desk, CancellationToken stop)
    {
        var draft = CoverDraft.Of(await http.Request.ReadFormAsync(stop));
        if (pages.ZoneOf(draft.Schedule) is not { } zone)
            return Person(http, person, pages, draft, [Problem.NotFound($"There is no schedule \"{draft.Schedule}\".", "Choose one of the list.", "schedule")]);
        var asked = draft.Read(person, zone);
        if (!asked.Ok) return Person(http, person, pages, draft, asked.Problems);
        var done = await desk.AskAsync(http.Caller(), draft.Schedule, asked.Value, stop);
        return done.Ok ? Results.Redirect($"/oncall/{Uri.EscapeDataString(draft.Schedule)}#asked") : Person(http, person, pages, draft, done.Problems);
    }

    private static IResult One(HttpContext http, string schedule, OnCallDesk desk, OverrideDraft? draft, IReadOnlyList<Problem> problems, string? feed = null) =>
        desk.One(schedule, http.Request.Query, draft, problems) is { } model
            ? new PageResult<SchedulePage>(Of(model with { FeedAddress = feed }), problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no schedule \"{schedule}\".", "The list has all of them."));

    private static async Task<IResult> OverrideAsync(HttpContext http, string schedule, OnCallDesk pages, ScheduleDesk desk, CancellationToken stop)
    {
        var draft = OverrideDraft.Of(await http.Request.ReadFormAsync(stop));
        if (pages.ZoneOf(schedule) is not { } zone) return One(http, schedule, pages, draft, []);
        var asked = draft.Read(zone);
        if (!asked.Ok) return One(http, schedule, pages, draft, asked.Problems);
        var set = await desk.OverrideAsync(http.Caller(), schedule, asked.Value, stop);
        return set.Ok
            ? Results.Redirect($"/oncall/{Uri.EscapeDataString(schedule)}?day={set.Value.From.InZone(zone).Date.ToString("uuuu-MM-dd", null)}")
            : One(http, schedule, pages, draft, set.Problems);
    }

    private static IResult Shifts(HttpContext http, string schedule, OnCallDesk desk)
    {
        IReadOnlyList<Column<Shift>> columns =
        [
            new("from", "From", s => s.From), new("until", "Until", s => s.Until), new("people", "People", s => string.Join(' ', s.People)),
            new("layer", "Layer", s => s.Layer), new("reason", "Why", s => s.Reason),
        ];
        return desk.Shifts(schedule, http.Request.Query) is { } shifts
            ? TableExport.Csv(shifts, columns, schedule)
            : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no schedule \"{schedule}\".", "The list has all of them."));
    }

    private static IResult Back<T>(HttpContext http, string schedule, Outcome<T> done) =>
        done.Ok ? Results.Redirect($"/oncall/{Uri.EscapeDataString(schedule)}") : ProblemAnswers.Refuse(http, done.Problems);

    private static Dictionary<string, object?> Of(object model) => new() { ["Model"] = model };
}

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
            ? suggested with { From = query["from"].ToString(), Until = query["until"].ToString() } : suggested;
        return new(
            rota, second, SchedulesApi.Find(name, state, schedules, manifests, keys, range, now)!, CatalogView.Of(all),
            RotaFindings.Of(rota, second, isSecond, p => FindingsOfSchedules.Facts(all, p), now),
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

    public PersonOnCallModel? Person(string handle, CoverDraft? draft, IReadOnlyList<Problem> problems)
    {
        var (state, now) = (house.State, clock.Now());
        var catalog = manifests.Catalog(state);
        if (catalog.Person(handle) is not { } person) return null;
        var shifts = schedules.All(state).SelectMany(r => r.Between(now, now + Ahead).Where(s => s.People.Contains(handle, StringComparer.Ordinal))
            .Select(s => new OwnShift(r.Schedule.Name, r.Schedule.DisplayName, s.From == now ? r.At(now).From : s.From, s.Until, s.Reason))).OrderBy(s => s.From).ToArray();
        var asked = state.Get<ScheduleBook>().Asked.Values.Where(a => a.Until > now && a.By != person.Id && (a.To.Length == 0 || a.To == person.Id))
            .Select(a => (a.Schedule, new CoverView(a.Id, catalog.PersonById(a.By)?.DisplayName ?? "somebody", handle, a.From, a.Until, a.Back))).ToArray();
        var mine = shifts.FirstOrDefault(s => s.Until > now);
        draft ??= CoverDraft.For(mine, mine is null ? DateTimeZone.Utc : ZoneOf(mine.Schedule) ?? DateTimeZone.Utc, now);
        return new(
            person, shifts, contacts.Of(state, person.Id), asked, now, draft, [.. shifts.Select(s => (s.Schedule, s.DisplayName)).Distinct()],
            [.. catalog.People.Where(p => p.Name != handle).OrderBy(p => p.DisplayName, StringComparer.Ordinal).Select(p => (p.Name, p.DisplayName))], problems,
            state.Get<FeedBook>().Feeds.GetValueOrDefault(FeedBook.KeyOf("", person.Id))?.Since);
    }

    private static LocalDate MondayOf(string day, LocalDate today)
    {
        var date = LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && parsed.Value.Year is > 1971 and < 2299 ? parsed.Value : today;
        return date.DayOfWeek == IsoDayOfWeek.Monday ? date : date.Previous(IsoDayOfWeek.Monday);
    }

    private static Instant? LocalOf(string text, DateTimeZone zone) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text) is { Success: true } parsed && parsed.Value.Year is > 1971 and < 2299 ? LocalClock.Begins(zone, parsed.Value) : null;
}

/// <summary>Schedules in the palette.</summary>
internal sealed class OnCallPalette(OnCallSchedules schedules) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        schedules.All(state).Select(r => new PaletteEntry($"Who is on call for {r.Schedule.DisplayName}", $"/oncall/{Uri.EscapeDataString(r.Schedule.Name)}", "user", "schedule", Also: r.Schedule.Name));
}
