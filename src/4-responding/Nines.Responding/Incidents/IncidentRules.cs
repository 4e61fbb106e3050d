using Nines.Kernel;

namespace Nines.Responding.Incidents;

/// <summary>What people may do with an open incident, and what follows. Pure.</summary>
public static class IncidentRules
{
    /// <summary>It is worse, or less bad, than it was held to be.</summary>
    public static Outcome<IReadOnlyList<object>> Severity(IncidentContext context, string name, string severity, string reason, string by) => context.OpenOne(name).Then(incident =>
    {
        var wrong = new List<Problem>();
        if (SeverityText.Parse(severity) is not { } given)
        {
            wrong.Add(Problem.Invalid($"\"{severity}\" is no severity.", "Write sev1, sev2, sev3 or sev4.", "severity"));
            given = incident.Severity;
        }

        if (string.IsNullOrWhiteSpace(reason)) wrong.Add(Problem.Invalid("A severity is changed with a reason.", "Say in a few words what is known now.", "reason"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return given == incident.Severity
            ? Problem.Conflict($"{incident.Name} is {given.Word()} already.")
            : One(new IncidentSeverityChanged(incident.Id, given, reason.Trim(), by));
    });

    /// <summary>Somebody takes a role, or is given it.</summary>
    public static Outcome<IReadOnlyList<object>> Take(IncidentContext context, string name, IncidentRole role, string person, string by) =>
        context.OpenOne(name).Then(incident => context.PersonOf(person, "person").Then(id => incident.Roles.Exists(r => r.Role == role && r.Person == id)
            ? Problem.Conflict($"They are {RoleWords.Of(role)} of {incident.Name} already.")
            : Of([new RoleTaken(incident.Id, role, id, by), .. Reminder(incident, role, id)])));

    // Seed 003: the commander does not debug. It is said, not forbidden: at night there may be nobody else.
    private static IEnumerable<object> Reminder(Incident incident, IncidentRole role, string person)
    {
        var other = role switch { IncidentRole.Commander => IncidentRole.Operations, IncidentRole.Operations => IncidentRole.Commander, _ => role };
        if (other != role && incident.Roles.Exists(r => r.Role == other && r.Person == person))
            yield return new IncidentTold(incident.Id, TimelineKind.Role, "{0} commands and has the hands on the keyboard: a commander does not debug. Give one of the two to somebody else.", person, "");
    }

    /// <summary>Somebody gives a role back. A commander hands over: an incident without one drifts.</summary>
    public static Outcome<IReadOnlyList<object>> Leave(IncidentContext context, string name, IncidentRole role, string person, string by) =>
        context.OpenOne(name).Then(incident => context.PersonOf(person, "person").Then(id =>
            !incident.Roles.Exists(r => r.Role == role && r.Person == id) ? Problem.Conflict($"They are not {RoleWords.Of(role)} of {incident.Name}.")
            : role == IncidentRole.Commander ? Problem.Conflict("An incident keeps a commander until it is resolved.", "Hand the role over: give it to somebody else.", "role")
            : One(new RoleLeft(incident.Id, role, id, by))));

    /// <summary>Somebody writes into the timeline.</summary>
    public static Outcome<IReadOnlyList<object>> Note(IncidentContext context, string name, IncidentNote note, string by)
    {
        // What it teaches is written down after it is over.
        if (context.Incidents.Find(name) is not { } incident) return Outcome<IReadOnlyList<object>>.Failed(context.OpenOne(name).Problems);
        var wrong = new List<Problem>();
        var text = note.Text.Trim();
        if (text.Length == 0) wrong.Add(Problem.Invalid("There is nothing to write down.", "Say what happened, or what was decided.", "text"));
        if (text.Length > IncidentNote.Longest) wrong.Add(Problem.Invalid($"The text has {text.Length} characters.", $"A line takes {IncidentNote.Longest}; put the rest into another, or into a document and link it.", "text"));
        if (note.At > context.Now) wrong.Add(Problem.Invalid("It lies in the future.", "Write when it happened.", "at"));
        if (note.Corrects.Length > 0 && !incident.Timeline.Exists(l => l.Id == note.Corrects)) wrong.Add(Problem.Invalid($"The timeline has no line {note.Corrects}.", "Name one of its lines by its id.", "corrects"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var kind = note.Corrects.Length > 0 ? TimelineKind.Correction : note.Decision ? TimelineKind.Decision : TimelineKind.Note;
        return One(new IncidentNoted(incident.Id, context.NewId(), note.At ?? context.Now, kind, text, by, note.Corrects));
    }

    /// <summary>Something of the checklist is done, or is not after all.</summary>
    public static Outcome<IReadOnlyList<object>> Check(IncidentContext context, string name, string item, bool done, string by) => context.OpenOne(name).Then(incident =>
        !context.Policy.Checklist.Any(c => c.Key == item) ? Problem.NotFound($"The checklist has no item \"{item}\".", $"It has: {string.Join(", ", context.Policy.Checklist.Select(c => c.Key))}.", "item")
        : incident.Done.Contains(item) == done ? Of([])
        : One(new IncidentChecked(incident.Id, item, done, by)));

    /// <summary>The whole checklist: what is named is done, the rest is not.</summary>
    public static Outcome<IReadOnlyList<object>> CheckAll(IncidentContext context, string name, IReadOnlyCollection<string> done, string by) => context.OpenOne(name).Then(incident =>
        Of([.. context.Policy.Checklist.Where(c => incident.Done.Contains(c.Key) != done.Contains(c.Key)).Select(c => new IncidentChecked(incident.Id, c.Key, done.Contains(c.Key), by))]));

    /// <summary>Everybody was asked how it stands.</summary>
    public static Outcome<IReadOnlyList<object>> CheckIn(IncidentContext context, string name, string text, string by) => context.OpenOne(name).Then(incident =>
        string.IsNullOrWhiteSpace(text) ? Problem.Invalid("A check-in says how it stands.", "Write it in one sentence.", "text") : One(new IncidentCheckedIn(incident.Id, text.Trim(), by)));

    /// <summary>Something is done against what users feel.</summary>
    public static Outcome<IReadOnlyList<object>> Begin(IncidentContext context, string name, string what, string by) => context.OpenOne(name).Then(incident =>
        string.IsNullOrWhiteSpace(what) ? Problem.Invalid("Nobody said what is done.", $"Write it, the fastest first: {string.Join("; ", context.Policy.Mitigations)}.", "what") : One(new MitigationBegun(incident.Id, what.Trim(), by)));

    /// <summary>Users feel it no more. Mitigated is not resolved.</summary>
    public static Outcome<IReadOnlyList<object>> Mitigated(IncidentContext context, string name, string how, string by) => context.OpenOne(name).Then(incident =>
        string.IsNullOrWhiteSpace(how) ? Problem.Invalid("Nobody said what helped.", "Write it in one sentence.", "how")
        : incident.Phase == IncidentPhase.Resolve ? Problem.Conflict($"{incident.Name} is mitigated already.")
        : One(new IncidentMitigated(incident.Id, how.Trim(), by)));

    /// <summary>It is not over after all.</summary>
    public static Outcome<IReadOnlyList<object>> Reopen(IncidentContext context, string name, string reason, string by)
    {
        if (context.Incidents.Find(name) is not { } incident) return Outcome<IReadOnlyList<object>>.Failed(context.OpenOne(name).Problems);
        if (incident.ResolvedAt is null) return Problem.Conflict($"{incident.Name} is not resolved.");
        return string.IsNullOrWhiteSpace(reason) ? Problem.Invalid("An incident is reopened with a reason.", "Say what came back.", "reason") : One(new IncidentReopened(incident.Id, reason.Trim(), by));
    }

    /// <summary>It is part of another one.</summary>
    public static Outcome<IReadOnlyList<object>> Merge(IncidentContext context, string name, string into, string by)
    {
        var (part, whole) = (context.OpenOne(name), context.OpenOne(into));
        if (!part.Ok || !whole.Ok) return Outcome<IReadOnlyList<object>>.Failed([.. part.Problems, .. whole.Problems]);
        return part.Value.Id == whole.Value.Id ? Problem.Invalid("An incident cannot become part of itself.", "Name another one.", "into")
            : part.Value.Drill != whole.Value.Drill ? Problem.Conflict("A drill and a real incident are kept apart.", "Resolve the drill.", "into")
            : One(new IncidentMerged(part.Value.Id, whole.Value.Id, by));
    }

    /// <summary>It is over: the indicators have been good for long enough, or somebody says why they are not waited for.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="name">The incident.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="measured">What the indicators say now.</param>
    /// <param name="by">Who asks.</param>
    public static Outcome<IReadOnlyList<object>> Resolve(IncidentContext context, string name, ResolveRequest asked, IReadOnlyList<MeasuredImpact> measured, string by) => context.OpenOne(name).Then(incident =>
    {
        var wrong = new List<Problem>();
        if (string.IsNullOrWhiteSpace(asked.Cause)) wrong.Add(Problem.Invalid("Nobody said what it was.", "Write the cause in one sentence, or that it is not known.", "cause"));
        if (CleanData.Missing(measured, context.Policy.CleanFor) is { } missing && string.IsNullOrWhiteSpace(asked.Override))
            wrong.Add(Problem.Conflict(missing, "Wait, or say under override why it is over all the same.", "override"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return One(new IncidentResolved(incident.Id, asked.Cause.Trim(), asked.Override.Trim(), measured, by));
    });

    private static Outcome<IReadOnlyList<object>> Of(IReadOnlyList<object> events) => Outcome<IReadOnlyList<object>>.Of(events);

    private static Outcome<IReadOnlyList<object>> One(object happened) => Of([happened]);
}

/// <summary>What somebody writes into a timeline.</summary>
/// <param name="Text">What happened, or what was decided.</param>
/// <param name="Decision">True for a decision.</param>
/// <param name="At">When it happened; null for now.</param>
/// <param name="Corrects">The line that it corrects; empty for none.</param>
public sealed record IncidentNote(string Text = "", bool Decision = false, NodaTime.Instant? At = null, string Corrects = "")
{
    /// <summary>So many characters a line takes.</summary>
    public const int Longest = 4_000;
}

/// <summary>What is asked to resolve an incident.</summary>
/// <param name="Cause">What it was, in one sentence.</param>
/// <param name="Override">Why it is over although the indicators do not say so; empty where they do.</param>
public sealed record ResolveRequest(string Cause = "", string Override = "");
