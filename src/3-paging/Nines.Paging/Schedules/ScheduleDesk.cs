using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Calendars;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Changes who is on call: the one use case behind the commands, HTTP and the pages.</summary>
public sealed class ScheduleDesk(IHouse house, OnCallSchedules schedules, CompiledManifests manifests, IPersonKeys keys)
{
    /// <summary>Sets an override, or says everything that is wrong with it.</summary>
    public async Task<Outcome<OverrideSet>> OverrideAsync(Actor actor, string schedule, OverrideRequest asked, CancellationToken stop)
    {
        var note = await SealAsync(asked, stop);
        return await DecideAsync(actor, schedule, deciding =>
        {
            var one = OverrideRules.Decide(deciding.Rota, asked, deciding.NewId(), deciding.Known, deciding.Now);
            return one.Map(o => deciding.Write(Set(o, deciding.Catalog) with { Note = note }));
        }, stop);
    }

    /// <summary>Sets an override for each event of a calendar that lies ahead, in one step; says what it could not take.</summary>
    public Task<Outcome<ImportedOverrides>> ImportAsync(Actor actor, string schedule, IcsCalendar calendar, Duration ahead, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
    {
        var imported = CalendarImport.Decide(deciding.Rota, calendar, deciding.Known, PeopleByName.Of(deciding.Catalog), deciding.NewId, deciding.Now, ahead);
        foreach (var one in imported.Set) deciding.Write(Set(one, deciding.Catalog));
        return Outcome<ImportedOverrides>.Of(new(imported.Set.Count, imported.Unchanged, imported.Problems));
    }, stop);

    /// <summary>Takes an override back; what of it was past stays.</summary>
    public Task<Outcome<OverrideEnded>> EndOverrideAsync(Actor actor, string schedule, string id, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
        deciding.Book.Overrides.GetValueOrDefault(id) is { } one && one.Schedule == schedule && one.Until > deciding.Now
            ? Outcome<OverrideEnded>.Of(deciding.Write(new OverrideEnded(id, deciding.Now)))
            : Problem.NotFound($"{schedule} has no open override {id}.", $"List them with \"nines oncall show {schedule}\"."), stop);

    /// <summary>Puts other shifts in the place of all layers for a time.</summary>
    public Task<Outcome<TemporarySet>> SetTemporaryAsync(Actor actor, string schedule, TemporaryRequest asked, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
        TemporaryRules.Decide(deciding.Rota, asked, deciding.NewId(), deciding.Known, deciding.Now).Map(t => deciding.Write(new TemporarySet(
            t.Id, t.Schedule, t.From, t.Until, [.. t.Shifts.Select(s => s with { People = [.. s.People.Select(p => deciding.Catalog.Person(p)!.Id)] })]))), stop);

    /// <summary>Takes a temporary schedule back; what of it was past stays.</summary>
    public Task<Outcome<TemporaryEnded>> EndTemporaryAsync(Actor actor, string schedule, string id, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
        deciding.Book.Temporary.GetValueOrDefault(id) is { } one && one.Schedule == schedule && one.Until > deciding.Now
            ? Outcome<TemporaryEnded>.Of(deciding.Write(new TemporaryEnded(id, deciding.Now)))
            : Problem.NotFound($"{schedule} has no open temporary schedule {id}.", $"List them with \"nines oncall show {schedule}\"."), stop);

    /// <summary>Asks for cover, or for a swap.</summary>
    public Task<Outcome<CoverAsked>> AskAsync(Actor actor, string schedule, CoverAsk asked, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
        CoverRules.Ask(deciding.Rota, asked, deciding.NewId(), deciding.Known, deciding.Now).Map(r => deciding.Write(new CoverAsked(
            r.Id, r.Schedule, deciding.IdOf(r.By), deciding.IdOf(r.To), r.From, r.Until, r.Back))), stop);

    /// <summary>Answers a request for cover; accepted, its overrides are set in the same commit.</summary>
    public Task<Outcome<CoverAnswered>> AnswerAsync(Actor actor, string schedule, string id, string by, bool accept, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
    {
        if (deciding.Book.Asked.GetValueOrDefault(id) is not { } asked || asked.Schedule != schedule) return NoRequest<CoverAnswered>(schedule, id);
        if (deciding.Known(by) is { } unknown) return unknown with { Path = "by" };
        var request = asked with { By = deciding.HandleOf(asked.By), To = deciding.HandleOf(asked.To) };
        if (!accept) return deciding.Write(new CoverAnswered(id, deciding.IdOf(by), false));
        var covers = CoverRules.Accept(deciding.Rota, request, by, deciding.NewId, deciding.Known, deciding.Now);
        return covers.Map(all =>
        {
            var answered = deciding.Write(new CoverAnswered(id, deciding.IdOf(by), true));
            foreach (var one in all) deciding.Write(Set(one, deciding.Catalog));
            return answered;
        });
    }, stop);

    /// <summary>Takes a request for cover back.</summary>
    public Task<Outcome<CoverWithdrawn>> WithdrawAsync(Actor actor, string schedule, string id, CancellationToken stop) => DecideAsync(actor, schedule, deciding =>
        deciding.Book.Asked.GetValueOrDefault(id) is { } asked && asked.Schedule == schedule ? deciding.Write(new CoverWithdrawn(id)) : NoRequest<CoverWithdrawn>(schedule, id), stop);

    private static Outcome<T> NoRequest<T>(string schedule, string id) =>
        Problem.NotFound($"{schedule} has no request {id} that waits for an answer.", $"List them with \"nines oncall show {schedule}\".");

    private static OverrideSet Set(Override one, CatalogView catalog) => new(
        one.Id, one.Schedule, one.Kind, catalog.Person(one.In)?.Id ?? "", catalog.Person(one.Out)?.Id ?? "", one.From, one.Until, one.Request);

    private async Task<Outcome<T>> DecideAsync<T>(Actor actor, string schedule, Func<Desk, Outcome<T>> decide, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var all = manifests.For(deciding.State);
        return schedules.Find(deciding.State, schedule) is { } rota
            ? decide(new(deciding, rota, all))
            : Problem.NotFound($"There is no schedule \"{schedule}\".", all.DidYouMean<Schedule>(schedule) + "List them with \"nines get Schedule\".", "schedule");
    }, stop: stop)).Outcome;

    /// <summary>A note may say something about a person: it is kept with their key.</summary>
    private async Task<string> SealAsync(OverrideRequest asked, CancellationToken stop)
    {
        if (asked.Note.Trim().Length == 0) return "";
        var catalog = manifests.Catalog(house.State);
        var person = catalog.Person(asked.InsteadOf) ?? catalog.Person(asked.Person);
        return person is null ? "" : PersonSeal.Seal(await keys.GetOrCreateAsync(person.Id, stop), asked.Note.Trim());
    }

    /// <summary>What a decision about one schedule sees.</summary>
    private sealed class Desk(Deciding deciding, Rota rota, ManifestSet all)
    {
        public Rota Rota { get; } = rota;

        public CatalogView Catalog { get; } = CatalogView.Of(all);

        public ScheduleBook Book => deciding.State.Get<ScheduleBook>();

        public Instant Now => deciding.Now;

        public string NewId() => deciding.NewId();

        public string IdOf(string handle) => Catalog.Person(handle)?.Id ?? "";

        public string HandleOf(string id) => Catalog.PersonById(id)?.Name ?? "";

        public Problem? Known(string handle) => Catalog.Person(handle) is not null
            ? null
            : Problem.NotFound($"There is no person \"{handle}\".", all.DidYouMean<Person>(handle) + "List them with \"nines get Person\".");

        public T Write<T>(T happened) where T : class
        {
            deciding.Write(new("schedule", Rota.Schedule.Name), happened);
            return happened;
        }
    }
}
