using Nines.Catalog;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>What people and the clock may do with a drill, and what follows. Pure.</summary>
public static class DrillRules
{
    /// <summary>So many characters an answer, or a sentence, takes.</summary>
    public const int Longest = 2_000;

    /// <summary>The wheel for somebody.</summary>
    public static Outcome<WheelSpun> Spin(DrillContext context, string person, string by)
    {
        var wrong = new List<Problem>();
        var whom = context.PersonOf(person.Length > 0 ? person : by, "person", wrong);
        var drills = context.Catalog.Of<Drill>().Select(d => d.Name).ToArray();
        if (drills.Length == 0) wrong.Add(Problem.Conflict("There is no drill.", "Write one, or draft one from a past incident with \"nines drill draft INC-1\"."));
        if (wrong.Count > 0) return Outcome<WheelSpun>.Failed(wrong);
        var on = DrillWheel.On(drills, context.Drills.LastOf(whom!.Id));
        var id = context.NewId();
        return new WheelSpun(id, whom.Id, on, DrillWheel.Choose(id, on), by);
    }

    /// <summary>What the clock brings: everything that is due, in order.</summary>
    public static IReadOnlyList<DrillInject> Due(DrillRun run, Instant now) => [.. run.Coming.Where(i => run.Open && run.DueAt(i) <= now).OrderBy(i => i.At)];

    /// <summary>Whoever leads lets the next thing come.</summary>
    public static Outcome<DrillInject> Next(DrillContext context, string name, string by) => context.OpenOne(name).Then(run =>
        run.Leader != by ? Outcome<DrillInject>.Failed(NotLeading(run))
        : run.Coming.OrderBy(i => i.At).FirstOrDefault() is { } next ? next : Problem.Conflict("Nothing is left to come.", "End the drill when everybody is done."));

    /// <summary>Whoever leads says something.</summary>
    public static Outcome<IReadOnlyList<object>> Say(DrillContext context, string name, string text, string by) => context.OpenOne(name).Then(run =>
        run.Leader != by ? Outcome<IReadOnlyList<object>>.Failed(NotLeading(run)) : Text(text, "There is nothing to say.", "Say in a sentence what those who take part hear.", "text").Then(said => One(new DrillSaid(run.Id, said, by))));

    /// <summary>Somebody takes an injected alert on.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="name">The run.</param>
    /// <param name="inject">The alert's key; empty for every one that nobody has.</param>
    /// <param name="by">Who.</param>
    /// <param name="via">How.</param>
    public static Outcome<IReadOnlyList<object>> Acknowledge(DrillContext context, string name, string inject, string by, string via) => context.OpenOne(name).Then(run =>
    {
        if (run.RoleOf(by) is not (DrillRole.OnCall or DrillRole.Participant)) return Problem.Conflict($"Only those who take part in {run.Name} take its alerts on.", "Say under by for whom it is done.", "by");
        var alerts = run.Came.Where(c => c.Inject.Kind == InjectKind.Alert && (inject.Length == 0 || c.Inject.Key == inject)).ToArray();
        if (alerts.Length == 0) return Problem.NotFound(inject.Length > 0 ? $"{run.Name} has no alert \"{inject}\"." : $"{run.Name} has had no alert yet.", "", "inject");
        var open = alerts.Where(c => c.AcknowledgedAt is null).ToArray();
        return open.Length == 0 ? Problem.Conflict("Somebody has it already.") : Of([.. open.Select(c => new DrillAcknowledged(run.Id, c.Inject.Key, by, via))]);
    });

    /// <summary>Somebody answers a question.</summary>
    public static Outcome<IReadOnlyList<object>> Answer(DrillContext context, string name, string inject, string text, string by) => context.OpenOne(name).Then(run =>
    {
        if (run.RoleOf(by) is not (DrillRole.OnCall or DrillRole.Participant)) return Problem.Conflict($"Only those who take part in {run.Name} answer its questions.", "Say under by for whom it is done.", "by");
        var open = run.Came.Where(c => c.Inject.Kind == InjectKind.Clue && c.RightAt is null && (inject.Length == 0 || c.Inject.Key == inject)).ToArray();
        if (open.Length != 1) return open.Length == 0 ? Problem.NotFound($"{run.Name} asks nothing{(inject.Length > 0 ? $" under \"{inject}\"" : "")} now.", "", "inject") : Problem.Invalid($"{run.Name} asks several things.", $"Name one of {string.Join(", ", open.Select(c => c.Inject.Key))}.", "inject");
        return Text(text, "There is no answer.", "Write what you found.", "text").Then(said => One(new DrillAnswered(run.Id, open[0].Inject.Key, said, IsRight(open[0].Inject, said), by)));
    });

    /// <summary>True where an answer holds one of those that count, as whole words, in any case.</summary>
    public static bool IsRight(DrillInject question, string text)
    {
        var said = $" {Plain(text)} ";
        return (question.Answers ?? []).Any(a => Plain(a) is { Length: > 0 } wanted && said.Contains($" {wanted} ", StringComparison.Ordinal));
    }

    /// <summary>Something of the checklist is done, or is not after all.</summary>
    public static Outcome<IReadOnlyList<object>> Check(DrillContext context, string name, IReadOnlyDictionary<string, bool> items, string by) => context.One(name).Then(run =>
    {
        if (!run.Start.GameDay) return Problem.Conflict($"{run.Name} is no game day: it has no checklist.", "Write gameDay: true in the drill.");
        var unknown = items.Keys.Where(k => GameDay.Checklist.All(c => c.Key != k)).ToArray();
        if (unknown.Length > 0) return Problem.NotFound($"The checklist has no item \"{unknown[0]}\".", $"It has: {string.Join(", ", GameDay.Checklist.Select(c => c.Key))}.", "item");
        return Of([.. items.Where(i => run.Done.Contains(i.Key) != i.Value).Select(i => new DrillChecked(run.Id, i.Key, i.Value, by))]);
    });

    /// <summary>It is over, and scored; or broken off, without a score.</summary>
    public static Outcome<IReadOnlyList<object>> End(DrillContext context, string name, string calledOff, string by) => context.OpenOne(name).Then(run =>
        CatalogView.Of(context.Catalog).PersonById(by) is not null && run.RoleOf(by) is null ? Problem.Conflict($"Only those who are in {run.Name} end it.", "Say under by for whom it is done.", "by")
        : Of(Over(run, context.Incidents.Find(run.Incident), calledOff.Trim() is { Length: > 0 } why ? why : "Whoever leads ended it.", calledOff.Trim().Length > 0, by, context.Now)));

    /// <summary>The end of a drill, its score, and the calls that leave no more.</summary>
    public static IReadOnlyList<object> Over(DrillRun run, Incident? incident, string reason, bool calledOff, string by, Instant now)
    {
        var events = new List<object> { new DrillEnded(run.Id, reason, calledOff, by) };
        if (!calledOff)
        {
            var items = DrillScore.Of(run, incident, now);
            events.Add(new DrillScored(run.Id, DrillScore.Total(items), items));
        }

        events.AddRange(run.Pending.Select(effect => new OutboxCancelled(effect, "The drill is over.")));
        return events;
    }

    /// <summary>Somebody writes down what it taught.</summary>
    public static Outcome<IReadOnlyList<object>> Debrief(DrillContext context, string name, string wentWell, string toLearn, string by) => context.One(name).Then(run =>
    {
        if (run.Open) return Problem.Conflict($"{run.Name} is not over.", "End it first.");
        if (wentWell.Trim().Length + toLearn.Trim().Length == 0) return Problem.Invalid("There is nothing to write down.", "Say what went well, or what is to be learnt.", "wentWell");
        return wentWell.Length > 2 * Longest || toLearn.Length > 2 * Longest
            ? Problem.Invalid("The text is too long.", $"Each part takes {2 * Longest} characters.", "wentWell")
            : One(new DrillDebriefed(run.Id, wentWell.Trim(), toLearn.Trim(), by));
    });

    private static Problem NotLeading(DrillRun run) => Problem.Conflict($"Somebody else leads {run.Name}.", "Say under by for whom it is done.", "by");

    private static Outcome<string> Text(string text, string missing, string remedy, string path) =>
        text.Trim() is not { Length: > 0 } said ? Problem.Invalid(missing, remedy, path)
        : said.Length > Longest ? Problem.Invalid($"The text has {said.Length} characters.", $"It takes {Longest}.", path) : said;

    private static string Plain(string text) => string.Join(' ', new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.')).Where(w => w.Length > 0));

    private static Outcome<IReadOnlyList<object>> Of(IReadOnlyList<object> events) => Outcome<IReadOnlyList<object>>.Of(events);

    private static Outcome<IReadOnlyList<object>> One(object happened) => Of([happened]);
}
