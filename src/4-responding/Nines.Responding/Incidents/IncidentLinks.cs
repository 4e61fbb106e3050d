using Nines.Kernel;

namespace Nines.Responding.Incidents;

/// <summary>What is asked to make a part of an incident one of its own.</summary>
/// <param name="Title">What is wrong with that part.</param>
/// <param name="Services">Services that go with it.</param>
/// <param name="Pages">Pages that go with it.</param>
public sealed record SplitRequest(string Title = "", IReadOnlyList<string>? Services = null, IReadOnlyList<string>? Pages = null);

/// <summary>What incidents have to do with each other, and what raises one by itself. Pure.</summary>
public static class IncidentLinks
{
    private const int LongestTitle = 200;

    /// <summary>A part of it is an incident of its own, of the same severity: it takes its services and pages along.</summary>
    public static Outcome<IReadOnlyList<object>> Split(IncidentContext context, string name, SplitRequest asked, string by)
    {
        var open = context.OpenOne(name);
        if (!open.Ok) return Outcome<IReadOnlyList<object>>.Failed(open.Problems);
        var incident = open.Value;
        string[] services = [.. (asked.Services ?? []).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)];
        string[] pages = [.. (asked.Pages ?? []).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)];
        var title = asked.Title.Trim();
        var wrong = new List<Problem>();
        if (title.Length == 0) wrong.Add(Problem.Invalid("The new incident needs a title.", "Write in a few words what is wrong with that part.", "title"));
        if (title.Length > LongestTitle) wrong.Add(Problem.Invalid($"The title has {title.Length} characters.", $"Write {LongestTitle} at most.", "title"));
        if (services.Length == 0 && pages.Length == 0) wrong.Add(Problem.Invalid("Nobody said which part.", "Name a service or a page of it.", "services"));
        foreach (var service in services.Where(s => !incident.Services.Contains(s))) wrong.Add(Problem.Invalid($"{incident.Name} is not about {service}.", $"It is about {(incident.Services.IsEmpty ? "no service" : string.Join(", ", incident.Services))}.", "services"));
        foreach (var page in pages.Where(p => !incident.Pages.Contains(p))) wrong.Add(Problem.Invalid($"The page {page} does not belong to {incident.Name}.", "Name one of its pages by its id.", "pages"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var gone = pages.Concat(incident.Pages.Where(p => context.Pages.OfThread(p) is { } page && services.Contains(page.Service, StringComparer.Ordinal))).Distinct(StringComparer.Ordinal).ToArray();
        var known = gone.Select(context.Pages.OfThread).OfType<Paging.Notifications.Page>().ToArray();
        string[] alerts = [.. known.SelectMany(p => p.Alerts).Concat(incident.Alerts.Where(a => context.Alerts.All.GetValueOrDefault(a) is { } alert && services.Contains(alert.Service, StringComparer.Ordinal))).Distinct(StringComparer.Ordinal)];
        var id = context.NewId();
        var detected = known.Select(p => p.OpenedAt).Append(known.Length == 0 ? incident.DetectedAt : context.Now).Min();
        return Of(
            new IncidentDeclared(
                id, context.Incidents.Numbers + 1, title, incident.Severity, $"Split from {incident.Name}.", services, alerts, gone, detected,
                known.Length > 0 ? known.Min(p => p.OpenedAt) : null, known.Min(p => p.AcknowledgedAt), [], [new(incident.DeclaredAt, TimelineKind.State, $"{incident.Name}, of which it was a part, was declared: {incident.Title}", "", "incident/" + incident.Id)], by, incident.Drill),
            new IncidentSplit(incident.Id, id, context.Incidents.Numbers + 1, title, services, gone, alerts, by));
    }

    /// <summary>Two incidents have to do with each other, and stay two.</summary>
    public static Outcome<IReadOnlyList<object>> Relate(IncidentContext context, string name, string other, string why, string by)
    {
        var wrong = new List<Problem>();
        if (context.Incidents.Find(name) is not { } one) return Outcome<IReadOnlyList<object>>.Failed(context.OpenOne(name).Problems);
        var two = context.Incidents.Find(other);
        if (two is null) wrong.Add(Problem.NotFound($"There is no incident {other}.", "List them with \"nines incident list\".", "other"));
        if (two?.Id == one.Id) wrong.Add(Problem.Invalid("An incident is always related to itself.", "Name another one.", "other"));
        if (string.IsNullOrWhiteSpace(why)) wrong.Add(Problem.Invalid("Nobody said what they have to do with each other.", "Write it in a few words.", "why"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        return one.Related.Contains(two!.Id) ? Problem.Conflict($"{one.Name} and {two.Name} are related already.") : Of(new IncidentsRelated(one.Id, two.Id, why.Trim(), by));
    }

    /// <summary>Something is known now that raises it by itself, whatever the matrix says.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="name">The incident.</param>
    /// <param name="trigger">What is known: dataLoss, personalData, revenue or slaBreach.</param>
    /// <param name="why">How it is known.</param>
    /// <param name="by">Who says so; empty for the house itself.</param>
    public static Outcome<IReadOnlyList<object>> Trigger(IncidentContext context, string name, string trigger, string why, string by)
    {
        var open = context.OpenOne(name);
        if (!open.Ok) return Outcome<IReadOnlyList<object>>.Failed(open.Problems);
        if (IncidentDeclaration.Read<EscalationTrigger>(trigger) is not { } known)
            return Problem.Invalid($"\"{trigger}\" raises no incident.", "Write dataLoss, personalData, revenue or slaBreach.", "trigger");
        return open.Value.Triggers.Contains(known) ? Problem.Conflict($"It is known already that {SeverityMatrix.Words(known)}.") : Of([.. Raised(open.Value, known, why.Trim(), by)]);
    }

    /// <summary>The trigger, and the severity where it makes it worse.</summary>
    public static IEnumerable<object> Raised(Incident incident, EscalationTrigger trigger, string why, string by)
    {
        yield return new IncidentTriggered(incident.Id, trigger, why, by);
        var severity = SeverityMatrix.Raise(incident.Severity, trigger);
        if (severity != incident.Severity) yield return new IncidentSeverityChanged(incident.Id, severity, $"{SeverityMatrix.Words(trigger)} makes it {severity.Word()}.", by);
    }

    private static Outcome<IReadOnlyList<object>> Of(params object[] events) => Outcome<IReadOnlyList<object>>.Of(events);
}
