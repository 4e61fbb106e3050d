using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules;
using NodaTime;

namespace Nines.Paging.Handoffs;

/// <summary>A handoff in a list.</summary>
/// <param name="Id">The handoff.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="From">When the shift began.</param>
/// <param name="Until">When it ended.</param>
/// <param name="People">Handles of those who had it.</param>
/// <param name="Pages">Calls in it.</param>
/// <param name="Score">What they found of it, 1 to 5, on average; null where nobody said so.</param>
public sealed record HandoffRow(string Id, string Schedule, Instant From, Instant Until, IReadOnlyList<string> People, int Pages, double? Score);

/// <summary>What one has cost whom, with handles instead of ids.</summary>
/// <param name="Service">The service.</param>
/// <param name="Title">The cause.</param>
/// <param name="Wakes">How often.</param>
/// <param name="Repeats">How often it came back.</param>
/// <param name="Minutes">Minutes awake.</param>
/// <param name="People">Handles.</param>
/// <param name="Last">The last time.</param>
public sealed record WakeRow(string Service, string Title, int Wakes, int Repeats, double Minutes, IReadOnlyList<string> People, Instant Last);

/// <summary>A line of compensation with handles instead of ids.</summary>
public sealed record PayRow(string Person, string Schedule, Instant From, Instant Until, string Layer, long Minutes, long Business, long Off, long Sleep, int Pages);

/// <summary>On-call health as doors show it.</summary>
/// <param name="Report">The seven metrics.</param>
/// <param name="Services">Each service against five pages a week.</param>
/// <param name="WakeDebt">What woke people, the dearest first.</param>
public sealed record HealthAnswer(HealthReport Report, IReadOnlyList<ServiceLoad> Services, IReadOnlyList<WakeRow> WakeDebt);

/// <summary>Asks about handoffs and health, and takes what people say about shifts and pages.</summary>
public sealed class HandoffDesk(IHouse house, PastStates past, CompiledManifests manifests, OnCallSchedules schedules)
{
    /// <summary>Health of a person, a team, a service, or everybody.</summary>
    public Outcome<HealthAnswer> Health(string person, string team, string service, Instant from, Instant until)
    {
        var state = house.State;
        var (all, catalog, book) = (manifests.For(state), manifests.Catalog(state), state.Get<HandoffBook>());
        if (new[] { person, team, service }.Count(t => t.Length > 0) > 1) return Problem.Invalid("Ask for a person, a team or a service, not for several at once.", "Leave two of them out.", "person");
        var subject = HealthSubject.Everything;
        if (person.Length > 0)
        {
            if (catalog.Person(person) is not { } one) return Problem.NotFound($"There is no person \"{person}\".", all.DidYouMean<Person>(person) + "List them with \"nines get Person\".", "person");
            subject = new(new HashSet<string> { one.Id }, null, one.DisplayName);
        }
        else if (team.Length > 0)
        {
            if (all.Find<Team>(team) is not { } some) return Problem.NotFound($"There is no team \"{team}\".", all.DidYouMean<Team>(team) + "List them with \"nines get Team\".", "team");
            subject = new(some.Members.Append(some.Lead).OfType<string>().Select(h => catalog.Person(h)?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal), null, some.DisplayName);
        }
        else if (service.Length > 0) subject = new(null, service, service);

        var report = OnCallHealth.Of(book, subject, Zone, from, until);
        var debt = WakeDebt.Of(book, subject, Zone, from, until).Select(c => new WakeRow(c.Service, c.Title, c.Wakes, c.Repeats, c.Minutes, [.. c.People.Select(Handle)], c.Last));
        return new HealthAnswer(report, OnCallHealth.Services(book, from, until), [.. debt]);

        DateTimeZone Zone(string id) => HandoffDrawing.ZoneOf(id, catalog);
        string Handle(string id) => catalog.PersonById(id)?.Name ?? "gone";
    }

    /// <summary>Handoffs, the newest first.</summary>
    public IReadOnlyList<HandoffRow> List(string schedule, int most)
    {
        var state = house.State;
        var (catalog, book) = (manifests.Catalog(state), state.Get<HandoffBook>());
        return [.. book.Past.Where(s => schedule.Length == 0 || s.Schedule == schedule).OrderByDescending(s => s.Until).Take(most).Select(s =>
        {
            var scores = book.Scores.Values.Where(x => x.Handoff == s.Id).ToArray();
            return new HandoffRow(
                s.Id, s.Schedule, s.From, s.Until!.Value, [.. s.People.Select(p => catalog.PersonById(p)?.Name ?? "gone")],
                book.Calls.Values.Count(c => c.At >= s.From && c.At < s.Until && c.People.Any(s.People.Contains)), scores.Length == 0 ? null : Math.Round(scores.Average(x => x.Score), 1));
        })];
    }

    /// <summary>The handoff of a past shift, drawn from the state as it was when it ended.</summary>
    public async Task<Outcome<HandoffDocument>> PastAsync(string id, CancellationToken stop)
    {
        if (house.State.Get<HandoffBook>().Handoff(id) is not { Until: { } until } shift) return Problem.NotFound($"There is no handoff {id}.", "List them with \"nines oncall handoff --schedule NAME --list\".");
        var then = await past.AtAsync(shift.Position, stop);
        return HandoffDrawing.Of(then, manifests.For(then), schedules, shift, until);
    }

    /// <summary>The handoff of the shift that lasts, as it would be now.</summary>
    public Outcome<HandoffDocument> Coming(string schedule, Instant now)
    {
        var state = house.State;
        var all = manifests.For(state);
        if (schedules.Find(state, schedule) is null) return Problem.NotFound($"There is no schedule \"{schedule}\".", all.DidYouMean<Schedule>(schedule) + "List them with \"nines get Schedule\".", "schedule");
        return state.Get<HandoffBook>().Now.TryGetValue(schedule, out var shift)
            ? HandoffDrawing.Of(state, all, schedules, shift, now)
            : Problem.Conflict($"The first shift of \"{schedule}\" has not been noted yet.", "Ask again in a moment.");
    }

    /// <summary>Compensation of a time.</summary>
    public IReadOnlyList<PayRow> Pay(string schedule, Instant from, Instant until, Instant now)
    {
        var state = house.State;
        var catalog = manifests.Catalog(state);
        return [.. Compensation.Of(state.Get<HandoffBook>(), id => HandoffDrawing.ZoneOf(id, catalog), from, until, now)
            .Where(l => schedule.Length == 0 || l.Schedule == schedule)
            .Select(l => new PayRow(catalog.PersonById(l.Person)?.Name ?? l.Person, l.Schedule, l.From, l.Until, l.Layer, l.Minutes.All, l.Minutes.Business, l.Minutes.Off, l.Minutes.Sleep, l.Pages))
            .OrderBy(l => l.Person, StringComparer.Ordinal).ThenBy(l => l.From)];
    }

    /// <summary>Takes how somebody found a shift; said again, the last word counts.</summary>
    public async Task<Outcome<ShiftRated>> RateAsync(Actor actor, string handoff, string person, int score, CancellationToken stop) => (await house.DecideAsync<ShiftRated>(actor, deciding =>
    {
        var book = deciding.State.Get<HandoffBook>();
        var problems = new List<Problem>();
        var shift = book.Handoff(handoff);
        // A signed-in person speaks for themselves; at an open house the name says who.
        var id = deciding.Actor.PersonId ?? manifests.Catalog(deciding.State).Person(person)?.Id;
        if (shift is null) problems.Add(Problem.NotFound($"There is no handoff {handoff}."));
        if (id is null || shift?.People.Contains(id) == false) problems.Add(Problem.Invalid("This shift was somebody else's.", "Only those who were on call say how it was.", "person"));
        if (score is < 1 or > 5) problems.Add(Problem.Invalid($"{score} is not from 1 to 5.", "1 is bad, 5 is good.", "score"));
        if (problems.Count > 0) return Outcome<ShiftRated>.Failed(problems);
        var rated = new ShiftRated(handoff, id!, score);
        deciding.Write(new("handoffs", shift!.Schedule), rated);
        return rated;
    }, stop: stop)).Outcome;

    /// <summary>Takes whether a page was worth the call.</summary>
    public async Task<Outcome<PageJudged>> JudgeAsync(Actor actor, string page, bool useful, CancellationToken stop) => (await house.DecideAsync<PageJudged>(actor, deciding =>
    {
        if (!deciding.State.Get<HandoffBook>().Calls.ContainsKey(page)) return Problem.NotFound($"There is no page {page} of the last 400 days.", "List pages with \"nines page list\".");
        var judged = new PageJudged(page, useful);
        deciding.Write(new("handoffs", "pages"), judged);
        return judged;
    }, stop: stop)).Outcome;
}
