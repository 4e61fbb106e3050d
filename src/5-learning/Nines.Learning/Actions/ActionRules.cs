using Nines.Catalog;
using Nines.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Nines.Learning.Actions;

/// <summary>What is known of an action that is written down.</summary>
/// <param name="Title">What is done.</param>
/// <param name="Type"><c>prevent</c>, <c>detect</c>, <c>mitigate</c> or <c>process</c>.</param>
/// <param name="Priority"><c>P0</c>, <c>P1</c> or <c>P2</c>.</param>
/// <param name="Owner">Who does it, by handle; empty for nobody yet.</param>
/// <param name="Incident">The incident that it follows from; empty for none.</param>
/// <param name="Service">The service that it is about; empty for the incident's first.</param>
/// <param name="Deadline">The last day on which it may be done, as <c>2026-12-01</c>; empty for the policy's.</param>
/// <param name="Link">A link to somebody else's list of work; empty for none.</param>
/// <param name="Check">What Nines looks at by itself, as <c>objective-holds NAME 7d</c>; empty for nothing.</param>
public sealed record ActionRequest(
    string Title = "", string Type = "", string Priority = "", string Owner = "", string Incident = "", string Service = "", string Deadline = "", string Link = "", string Check = "");

/// <summary>What people may do with actions, and what follows. Pure.</summary>
public static class ActionRules
{
    private const int LongestTitle = 300;

    /// <summary>Writes one down.</summary>
    public static Outcome<ActionAdded> Add(ActionContext context, ActionRequest asked, string by)
    {
        var wrong = new List<Problem>();
        var title = asked.Title.Trim();
        if (title.Length == 0) wrong.Add(Problem.Invalid("An action needs a title.", "Say what is done, in a few words.", "title"));
        if (title.Length > LongestTitle) wrong.Add(Problem.Invalid($"The title has {title.Length} characters.", $"It takes {LongestTitle}; put the rest into a document and link it.", "title"));
        var type = Parsed<ActionType>(asked.Type, ActionType.Prevent, "type", "prevent, detect, mitigate or process", wrong);
        var priority = Parsed<ActionPriority>(asked.Priority, ActionPriority.P1, "priority", "P0, P1 or P2", wrong);
        var owner = asked.Owner.Length == 0 ? "" : Value(context.PersonOf(asked.Owner, "owner"), wrong) ?? "";
        var incident = asked.Incident.Length == 0 ? null : context.Incidents.Find(asked.Incident);
        if (asked.Incident.Length > 0 && incident is null) wrong.Add(Problem.NotFound($"There is no incident {asked.Incident}.", "List them with \"nines incident list\".", "incident"));
        var service = asked.Service.Length > 0 ? asked.Service : incident?.Services.FirstOrDefault() ?? "";
        if (asked.Service.Length > 0 && CatalogView.Of(context.Catalog).Service(asked.Service) is null)
            wrong.Add(Problem.Invalid($"There is no service \"{asked.Service}\" in the catalog.", $"{context.Catalog.DidYouMean<Service>(asked.Service)}List them with \"nines get Service\".", "service"));
        var zone = context.ZoneOf(owner, service);
        var deadline = Deadline(context, asked.Deadline, priority, zone, wrong);
        if (asked.Link.Length > 0 && !(Uri.TryCreate(asked.Link, UriKind.Absolute, out var link) && link.Scheme is "http" or "https"))
            wrong.Add(Problem.Invalid($"\"{asked.Link}\" is not a link.", "Write a whole URL that begins with http:// or https://.", "link"));
        var check = Value(CheckWords.Parse(asked.Check), wrong);
        return wrong.Count > 0
            ? Outcome<ActionAdded>.Failed(wrong)
            : new ActionAdded(context.NewId(), context.Actions.Numbers + 1, title, type, priority, deadline, owner, incident?.Id ?? "", service, asked.Link, check, by);
    }

    /// <summary>Gives it to somebody; an empty name takes it from whoever has it.</summary>
    public static Outcome<IReadOnlyList<object>> Take(ActionContext context, string name, string person, string by) => context.OpenOne(name).Then(action =>
    {
        if (person.Length == 0) return action.Owner.Length == 0 ? Of([]) : One(new ActionTaken(action.Id, "", by));
        return context.PersonOf(person, "owner").Then(id => action.Owner == id ? Of([]) : One(new ActionTaken(action.Id, id, by)));
    });

    /// <summary>Somebody begins.</summary>
    public static Outcome<IReadOnlyList<object>> Start(ActionContext context, string name, string by) => context.OpenOne(name).Then(action =>
        action.State == ActionState.InProgress ? Problem.Conflict($"{action.Name} is in progress already.") : One(new ActionStarted(action.Id, by)));

    /// <summary>It is done.</summary>
    public static Outcome<IReadOnlyList<object>> Finish(ActionContext context, string name, string evidence, string by) => context.OpenOne(name).Then(action =>
        string.IsNullOrWhiteSpace(evidence) ? Problem.Invalid("Nobody said what proves it.", "Name the change, the test or the figure that shows it, in one sentence.", "evidence") : One(new ActionDone(action.Id, evidence.Trim(), false, by)));

    /// <summary>It is not done.</summary>
    public static Outcome<IReadOnlyList<object>> Drop(ActionContext context, string name, string reason, string by) => context.OpenOne(name).Then(action =>
        string.IsNullOrWhiteSpace(reason) ? Problem.Invalid("An action is dropped with a reason.", "Say why it is not done after all.", "reason") : One(new ActionDropped(action.Id, reason.Trim(), by)));

    /// <summary>It is open again.</summary>
    public static Outcome<IReadOnlyList<object>> Reopen(ActionContext context, string name, string reason, string by) => context.One(name).Then(action =>
        action.IsOpen ? Problem.Conflict($"{action.Name} is {ActionReading.Word(action.State)}.")
        : string.IsNullOrWhiteSpace(reason) ? Problem.Invalid("An action is opened again with a reason.", "Say what is left.", "reason")
        : One(new ActionReopened(action.Id, reason.Trim(), by)));

    /// <summary>It gets another deadline.</summary>
    public static Outcome<IReadOnlyList<object>> Move(ActionContext context, string name, string day, string reason, string by) => context.OpenOne(name).Then(action =>
    {
        var wrong = new List<Problem>();
        var deadline = day.Length == 0 ? Missing(wrong) : Deadline(context, day, action.Priority, context.ZoneOf(action.Owner, action.Service), wrong);
        if (string.IsNullOrWhiteSpace(reason)) wrong.Add(Problem.Invalid("A deadline is moved with a reason.", "Say why it takes longer, or less.", "reason"));
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new ActionMoved(action.Id, deadline, reason.Trim(), by));
    });

    /// <summary>Nines looks at something by itself, or at nothing.</summary>
    public static Outcome<IReadOnlyList<object>> Check(ActionContext context, string name, string check, string by) => context.OpenOne(name).Then(action => CheckWords.Parse(check).Then(parsed =>
        parsed == action.Check ? Of([]) : One(new CheckSet(action.Id, parsed, by))));

    /// <summary>What follows from what a check sees now: it turns, closes the action with its evidence, or opens it again.</summary>
    public static IReadOnlyList<object> Saw(ActionItem action, CheckSight sight, Instant now)
    {
        if (action.Check is not { } check || sight.Holds is not { } holds) return [];
        if (!holds) return action.ByCheck ? [new ActionReopened(action.Id, "What closed it holds no more: " + sight.Seen, "")] : action.IsOpen && action.HoldsSince is not null ? [new CheckTurned(action.Id, false, sight.Seen)] : [];
        if (!action.IsOpen) return [];
        var since = action.HoldsSince ?? now;
        var turned = action.HoldsSince is null ? new object[] { new CheckTurned(action.Id, true, sight.Seen) } : [];
        return now - since >= Duration.FromDays(check.Days) ? [.. turned, new ActionDone(action.Id, sight.Seen, true, "")] : turned;
    }

    private static Instant Missing(List<Problem> wrong)
    {
        wrong.Add(Problem.Invalid("No day is named.", "Write the last day on which it may be done, such as 2026-12-01.", "deadline"));
        return Instant.MinValue;
    }

    private static Instant Deadline(ActionContext context, string day, ActionPriority priority, DateTimeZone zone, List<Problem> wrong)
    {
        if (day.Length == 0) return ActionPolicy.EndOf(context.Now, context.Policy.Days[priority], zone);
        var parsed = LocalDatePattern.Iso.Parse(day);
        if (!parsed.Success)
        {
            wrong.Add(Problem.Invalid($"\"{day}\" is no day.", "Write the last day on which it may be done, such as 2026-12-01.", "deadline"));
            return Instant.MinValue;
        }

        var end = ActionPolicy.EndOf(parsed.Value, zone);
        if (end <= context.Now) wrong.Add(Problem.Invalid("The deadline has passed.", "Write a day that lies ahead, or leave it out for the policy's.", "deadline"));
        return end;
    }

    private static T Parsed<T>(string text, T otherwise, string path, string words, List<Problem> wrong) where T : struct, Enum
    {
        if (text.Length == 0) return otherwise;
        if (!char.IsAsciiDigit(text[0]) && text[0] != '-' && Enum.TryParse<T>(text, ignoreCase: true, out var value)) return value;
        wrong.Add(Problem.Invalid($"\"{text}\" is no {path}.", $"Write {words}.", path));
        return otherwise;
    }

    private static T? Value<T>(Outcome<T> outcome, List<Problem> wrong)
    {
        if (outcome.Ok) return outcome.Value;
        wrong.AddRange(outcome.Problems);
        return default;
    }

    private static Outcome<IReadOnlyList<object>> Of(IReadOnlyList<object> events) => Outcome<IReadOnlyList<object>>.Of(events);

    private static Outcome<IReadOnlyList<object>> One(object happened) => Of([happened]);
}

/// <summary>What a check sees now.</summary>
/// <param name="Holds">Null where nobody knows.</param>
/// <param name="Seen">What was seen, as evidence.</param>
public sealed record CheckSight(bool? Holds, string Seen);
