using Nines.Catalog;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Learning.Drills;

/// <summary>What is asked to start a drill.</summary>
/// <param name="Leader">Who leads, by handle; empty for whoever asks.</param>
/// <param name="OnCall">Who is called by what is injected.</param>
/// <param name="With">Who else takes part.</param>
/// <param name="Speed">How many minutes of the story pass in one; null for the drill's own.</param>
public sealed record StartRequest(string Leader = "", IReadOnlyList<string>? OnCall = null, IReadOnlyList<string>? With = null, double? Speed = null);

/// <summary>The beginning of a drill, with all that it needs, or everything that is wrong with it. Pure.</summary>
public static class DrillStart
{
    /// <summary>The fastest that a story is played.</summary>
    public const double Fastest = 60;

    /// <summary>The slowest.</summary>
    public const double Slowest = 0.1;

    private const int MostPeople = 30;

    /// <summary>Begins.</summary>
    public static Outcome<DrillStarted> Decide(DrillContext context, string name, StartRequest asked, string by)
    {
        var found = context.DrillOf(name);
        if (!found.Ok) return Outcome<DrillStarted>.Failed(found.Problems);
        var (drill, wrong) = (found.Value, new List<Problem>());
        var past = Past(context, drill, wrong);
        var people = People(context, drill, asked, by, wrong);
        var speed = asked.Speed ?? drill.Speed;
        if (!(speed >= Slowest && speed <= Fastest)) wrong.Add(Problem.Invalid("That is no speed.", $"Write a number from {Slowest} to {Fastest}; 10 plays ten minutes of the story in one.", "speed"));
        var service = drill.Service.Length > 0 ? drill.Service : past?.Services.FirstOrDefault() ?? "";
        // Whoever is needed for what is real has no time for what is not.
        if (context.Incidents.Open.FirstOrDefault(i => !i.Drill && i.Severity <= IncidentSeverity.Sev2) is { } real)
            wrong.Add(Problem.Conflict($"{real.Name} is open, and it is real: {real.Title}", "Start the drill when it is over."));
        if (wrong.Count > 0) return Outcome<DrillStarted>.Failed(wrong);
        var severity = drill.Severity ?? past?.Severity ?? IncidentSeverity.Sev2;
        var injects = drill.Injects.Count > 0 ? drill.Injects : PastIncident.Injects(past!);
        var story = drill.Story.Length > 0 || past is null ? drill.Story : PastIncident.Story(past);
        return new DrillStarted(
            context.NewId(), context.Drills.Numbers + 1, drill.Name, drill.Title, service, severity, story, past?.Name ?? "", [.. injects.OrderBy(i => i.At)],
            drill.Targets.Or(IncidentPolicies.Of(context.Catalog), severity), speed, (injects.Max(i => i.At) / speed) + drill.After, drill.GameDay, people, by);
    }

    private static Incident? Past(DrillContext context, Drill drill, List<Problem> wrong)
    {
        if (drill.From.Length == 0) return null;
        if (context.Incidents.Find(drill.From) is not { } past)
        {
            wrong.Add(Problem.NotFound($"The drill plays {drill.From} again, which is not kept.", "Write its injects, or name another incident in from:.", "drill"));
            return null;
        }

        if (past.Open) wrong.Add(Problem.Conflict($"{past.Name} is still open.", "Play it again once it is over.", "drill"));
        else if (past.Drill) wrong.Add(Problem.Conflict($"{past.Name} was a drill itself.", "Name an incident that was real.", "drill"));
        return past;
    }

    private static List<DrillPerson> People(DrillContext context, Drill drill, StartRequest asked, string by, List<Problem> wrong)
    {
        var people = new List<DrillPerson>();
        if (asked.Leader.Length == 0 && CatalogView.Of(context.Catalog).PersonById(by) is null) wrong.Add(Problem.Invalid("Nobody leads.", "Say who does, by name in the catalog.", "leader"));
        else Add(asked.Leader.Length > 0 ? asked.Leader : by, DrillRole.Leader, "leader");
        foreach (var name in asked.OnCall ?? []) Add(name, DrillRole.OnCall, "onCall");
        foreach (var name in asked.With ?? []) Add(name, DrillRole.Participant, "with");
        if ((asked.OnCall ?? []).Count == 0) wrong.Add(Problem.Invalid("Nobody is on call in it.", "Say who is called, by name in the catalog.", "onCall"));
        var taking = (asked.OnCall ?? []).Count + (asked.With ?? []).Count;
        if (taking > 0 && taking < drill.Least) wrong.Add(Problem.Invalid($"The drill needs {drill.Least} people besides whoever leads; {taking} take part.", "Name more of them.", "with"));
        if (taking > MostPeople) wrong.Add(Problem.Invalid($"{taking} people take part.", $"A drill has {MostPeople} at most.", "with"));
        return people;

        void Add(string name, DrillRole role, string path)
        {
            if (context.PersonOf(name, path, wrong) is not { } person) return;
            if (people.Exists(p => p.Person == person.Id)) wrong.Add(Problem.Invalid($"{person.Name} is named twice.", role == DrillRole.Leader ? "" : "Whoever leads knows what comes: each has one role.", path));
            else if (context.Drills.Open.FirstOrDefault(r => r.RoleOf(person.Id) is not null) is { } other) wrong.Add(Problem.Conflict($"{person.Name} is in {other.Name}, which is not over.", "End it first.", path));
            else if (role != DrillRole.Leader && drill.Teams.Count > 0 && !CatalogView.Of(context.Catalog).Teams.Any(t => drill.Teams.Contains(t.Name, StringComparer.Ordinal) && t.Members.Contains(person.Name, StringComparer.Ordinal)))
                wrong.Add(Problem.Invalid($"{person.Name} is in none of the drill's teams.", $"It is for {string.Join(", ", drill.Teams)}.", path));
            else people.Add(new(person.Id, role));
        }
    }
}
