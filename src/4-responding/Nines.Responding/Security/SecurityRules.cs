using Nines.Catalog;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>What people may do with a case, and what follows. Pure.</summary>
public static class SecurityRules
{
    /// <summary>A line takes so many characters.</summary>
    public const int LongestText = 4_000;

    private const int LongestTitle = 200;

    /// <summary>A case from what is known, or everything that is wrong with it.</summary>
    public static Outcome<IReadOnlyList<object>> Open(SecurityContext context, OpenRequest asked, string by)
    {
        var wrong = new List<Problem>();
        var title = asked.Title.Trim();
        if (title.Length == 0) wrong.Add(Problem.Invalid("A case needs a title.", "Say in a few words what is suspected.", "title"));
        if (title.Length > LongestTitle) wrong.Add(Problem.Invalid($"The title has {title.Length} characters.", $"Write at most {LongestTitle}; the rest belongs into the text.", "title"));
        if (asked.Text.Length > LongestText) wrong.Add(TooLong(asked.Text, "text"));
        var kind = asked.Kind.Length == 0 ? CaseKind.Other : Choice<CaseKind>(asked.Kind, "kind", wrong) ?? CaseKind.Other;
        var severity = asked.Severity.Length == 0 ? SeverityOf(kind) : Severity(asked.Severity, wrong);
        foreach (var service in asked.Services ?? [])
            if (context.Catalog.Find<Service>(service) is null && CatalogView.Of(context.Catalog).Service(service) is null)
                wrong.Add(Problem.Invalid($"There is no service \"{service}\" in the catalog.", $"{context.Catalog.DidYouMean<Service>(service)}List them with \"nines get Service\".", "services"));
        if (asked.Aware > context.Now) wrong.Add(Future("aware"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var id = context.NewId();
        var events = new List<object> { new CaseOpened(id, context.Book.Numbers + 1, title, kind, severity, asked.Services ?? [], asked.Text.Trim(), "", "", by) };
        if (asked.Confirmed.Trim() is { Length: > 0 } how) events.Add(new CaseConfirmed(id, how, by));
        if (asked.Aware is not null || asked.Confirmed.Trim().Length > 0)
            events.Add(new ClockStarted(id, ClockStart.Aware, asked.Aware ?? context.Now, asked.Confirmed.Trim() is { Length: > 0 } known ? known : "Said when the case was opened.", by));
        return Outcome<IReadOnlyList<object>>.Of(events);
    }

    /// <summary>It is real; known since now, where nobody said otherwise.</summary>
    public static Outcome<IReadOnlyList<object>> Confirm(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (one.State != CaseState.Suspected) return Problem.Conflict($"{one.Name} is {SecurityWords.Word(one.State)} already.", one.Open ? "" : "Reopen it first.");
        var wrong = new List<Problem>();
        Needs(asked.Reason, "How is it known that it is real?", "Say it in a sentence.", "reason", wrong);
        if (asked.At > context.Now) wrong.Add(Future("at"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var confirmed = new CaseConfirmed(one.Id, asked.Reason.Trim(), by);
        if (asked.At is null && one.Starts.ContainsKey(ClockStart.Aware)) return One(confirmed);
        return BreachRules.Start(context, one, asked with { Start = "aware", At = asked.At ?? context.Now }, by).Then(started => Outcome<IReadOnlyList<object>>.Of([confirmed, .. started]));
    }

    /// <summary>It is a false alarm.</summary>
    public static Outcome<IReadOnlyList<object>> Dismiss(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (!one.Open) return Problem.Conflict($"{one.Name} is {SecurityWords.Word(one.State)} already.");
        var wrong = new List<Problem>();
        Needs(asked.Reason, "A false alarm needs its reason.", "Say how it is known that nothing happened.", "reason", wrong);
        Duration? quiet = null;
        if (asked.Quiet.Length > 0)
        {
            if (FieldDuration.TryParse(asked.Quiet, out var read) && read > Duration.Zero && read <= Duration.FromDays(30)) quiet = read;
            else wrong.Add(Problem.Invalid($"\"{asked.Quiet}\" is no time to be quiet for.", "Write one such as 24h, at most 30d, or nothing.", "quiet"));
        }

        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new CaseDismissed(one.Id, asked.Reason.Trim(), context.Now + quiet, by));
    }

    /// <summary>It is worse, or less bad.</summary>
    public static Outcome<IReadOnlyList<object>> Severity(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (Working(one) is { } over) return over;
        var wrong = new List<Problem>();
        var severity = Severity(asked.Severity, wrong);
        Needs(asked.Reason, "A severity is changed with a reason.", "Say in a few words what is known now.", "reason", wrong);
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return severity == one.Severity ? Problem.Conflict($"{one.Name} is {severity.Word()} already.") : One(new CaseSeverityChanged(one.Id, severity, asked.Reason.Trim(), by));
    }

    /// <summary>Somebody of the circle takes a role, or is given it.</summary>
    public static Outcome<IReadOnlyList<object>> Take(SecurityContext context, SecurityCase one, SecurityAsked asked, string by) => RoleOf(context, one, asked, by).Then(found =>
        one.Holder(found.Role) == found.Person ? Problem.Conflict($"They have the role {SecurityWords.Word(found.Role)} of {one.Name} already.")
        : !Circle.Of(one, context.Policy, context.Catalog).Contains(found.Person) && context.Actor != Actor.Local
            ? Problem.Conflict("They may not read this case.", "Let them in first.", "person")
            : One(new CaseRoleTaken(one.Id, found.Role, found.Person, by)));

    /// <summary>Somebody gives a role back.</summary>
    public static Outcome<IReadOnlyList<object>> Leave(SecurityContext context, SecurityCase one, SecurityAsked asked, string by) => RoleOf(context, one, asked, by).Then(found =>
        one.Holder(found.Role) == found.Person ? One(new CaseRoleLeft(one.Id, found.Role, found.Person, by)) : Problem.Conflict($"They do not have the role {SecurityWords.Word(found.Role)} of {one.Name}."));

    /// <summary>The work goes on to another phase.</summary>
    public static Outcome<IReadOnlyList<object>> Phase(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (Working(one) is { } over) return over;
        var wrong = new List<Problem>();
        var phase = Choice<CasePhase>(asked.Phase, "phase", wrong);
        if (asked.Text.Length > LongestText) wrong.Add(TooLong(asked.Text, "text"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return phase == one.Phase ? Problem.Conflict($"{one.Name} is in the phase {SecurityWords.Word(one.Phase)} already.") : One(new CasePhaseEntered(one.Id, phase!.Value, asked.Text.Trim(), by));
    }

    /// <summary>Somebody writes something down; corrections are added, nothing is rewritten.</summary>
    public static Outcome<IReadOnlyList<object>> Note(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        Needs(asked.Text, "There is nothing to write down.", "Say what happened, or what was decided.", "text", wrong);
        if (asked.Text.Length > LongestText) wrong.Add(TooLong(asked.Text, "text"));
        if (asked.At > context.Now) wrong.Add(Future("at"));
        if (asked.Corrects.Length > 0 && !one.Timeline.Exists(l => l.Id == asked.Corrects)) wrong.Add(Problem.Invalid($"The case has no line {asked.Corrects}.", "Name one of its lines by its id.", "corrects"));
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new CaseNoted(one.Id, context.NewId(), asked.At ?? context.Now, asked.Text.Trim(), asked.Corrects, by));
    }

    /// <summary>Something of the playbook is done, or is not after all.</summary>
    public static Outcome<IReadOnlyList<object>> Check(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var items = context.Policy.PlaybookOf(one.Kind);
        if (!items.Any(i => i.Key == asked.Item)) return Problem.Invalid($"The playbook has no item \"{asked.Item}\".", $"Write one of {string.Join(", ", items.Select(i => i.Key))}.", "item");
        return one.Done.Contains(asked.Item) == asked.Done ? Problem.Conflict($"{asked.Item} is {(asked.Done ? "done" : "open")} already.") : One(new CaseChecked(one.Id, asked.Item, asked.Done, by));
    }

    /// <summary>An ordinary incident carries the operational side; its timeline gets at most a neutral line.</summary>
    public static Outcome<IReadOnlyList<object>> Link(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (context.Incidents.Find(asked.Incident) is not { } incident) return Problem.Invalid($"There is no incident \"{asked.Incident}\".", "List them with \"nines incident list\".", "incident");
        if (one.Incidents.ContainsKey(incident.Id)) return Problem.Conflict($"{incident.Name} is named already.");
        var linked = new IncidentLinked(one.Id, incident.Id, incident.Name, asked.Tell, by);
        return asked.Tell ? Outcome<IReadOnlyList<object>>.Of([linked, new IncidentTold(incident.Id, TimelineKind.Note, NeutralLine, "", "")]) : One(linked);
    }

    /// <summary>What an ordinary incident's timeline says of it: nothing.</summary>
    public const string NeutralLine = "A part of the work goes on elsewhere.";

    /// <summary>It is over; not while somebody should have been told long ago.</summary>
    public static Outcome<IReadOnlyList<object>> Close(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (one.State != CaseState.Confirmed) return Problem.Conflict($"{one.Name} is {SecurityWords.Word(one.State)}.", one.State == CaseState.Suspected ? "Confirm it, or dismiss it as a false alarm." : "");
        var wrong = new List<Problem>();
        Needs(asked.Cause, "Nobody said what it was.", "Write the cause in one sentence, or that it is not known.", "cause", wrong);
        Needs(asked.Remediation, "Nobody said what was done so that it does not come back.", "Write it in one sentence.", "remediation", wrong);
        foreach (var late in BreachClock.Of(one, context.Policy, context.Now).Where(d => d.State == DutyState.Overdue))
            wrong.Add(Problem.Conflict($"{late.Duty.Key} is overdue: {late.Duty.Title}.", "Say when it was told, or why it is not needed.", "duty"));
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new CaseClosed(one.Id, asked.Cause.Trim(), asked.Remediation.Trim(), by));
    }

    /// <summary>It is not over after all.</summary>
    public static Outcome<IReadOnlyList<object>> Reopen(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (one.Open) return Problem.Conflict($"{one.Name} is open.");
        var wrong = new List<Problem>();
        Needs(asked.Reason, "A case is opened again with a reason.", "Say what came back, or what was overlooked.", "reason", wrong);
        return wrong.Count > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : One(new CaseReopened(one.Id, asked.Reason.Trim(), by));
    }

    internal static Problem? Working(SecurityCase one) => one.Open ? null : Problem.Conflict($"{one.Name} is {SecurityWords.Word(one.State)}.", "Reopen it first.");

    internal static Problem Future(string path) => Problem.Invalid("It lies in the future.", "Write when it happened.", path);

    internal static void Needs(string text, string what, string remedy, string path, List<Problem> wrong)
    {
        if (string.IsNullOrWhiteSpace(text)) wrong.Add(Problem.Invalid(what, remedy, path));
        else if (text.Length > LongestText) wrong.Add(TooLong(text, path));
    }

    internal static T? Choice<T>(string text, string path, List<Problem> wrong) where T : struct, Enum
    {
        if (SecurityWords.Read<T>(text) is { } value) return value;
        wrong.Add(Problem.Invalid($"\"{text}\" is none of what {path} takes.", $"Write one of {SecurityWords.All<T>()}.", path));
        return null;
    }

    internal static Outcome<IReadOnlyList<object>> One(object happened) => Outcome<IReadOnlyList<object>>.Of([happened]);

    private static Problem TooLong(string text, string path) => Problem.Invalid($"The text has {text.Length} characters.", $"It takes {LongestText}; add the rest as evidence.", path);

    // Seed 003: a breach with data of people is SEV1; what touches data or rights is bad until it is known to be less.
    private static IncidentSeverity SeverityOf(CaseKind kind) => kind is CaseKind.DataAccess or CaseKind.PrivilegeEscalation or CaseKind.Malware ? IncidentSeverity.Sev1 : IncidentSeverity.Sev2;

    private static IncidentSeverity Severity(string text, List<Problem> wrong)
    {
        if (SeverityText.Parse(text) is { } given) return given;
        wrong.Add(Problem.Invalid($"\"{text}\" is no severity.", "Write sev1, sev2, sev3 or sev4.", "severity"));
        return IncidentSeverity.Sev1;
    }

    private static Outcome<(CaseRole Role, string Person)> RoleOf(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        if (Working(one) is { } over) return over;
        var wrong = new List<Problem>();
        var role = Choice<CaseRole>(asked.Role, "role", wrong);
        var person = context.PersonOf(asked.Person.Length > 0 ? asked.Person : by, "person");
        wrong.AddRange(person.Problems.Where(p => p.IsError));
        return wrong.Count > 0 ? Outcome<(CaseRole, string)>.Failed(wrong) : (role!.Value, person.Value);
    }
}
