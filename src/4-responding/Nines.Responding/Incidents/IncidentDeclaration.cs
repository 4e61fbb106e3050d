using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>What is asked to declare an incident.</summary>
/// <param name="Title">What is wrong; empty for the page's or the alert's own words.</param>
/// <param name="Severity">How bad; empty to take it from the matrix.</param>
/// <param name="Function">What does not work: core, degraded, nonCore, cosmetic; empty where nobody knows yet.</param>
/// <param name="Users">How many feel it: one, few, many, all; empty where nobody knows yet.</param>
/// <param name="Triggers">What raises it by itself: dataLoss, personalData, revenue, slaBreach.</param>
/// <param name="Services">Whose users feel it.</param>
/// <param name="Page">The page that it is declared from; empty for none.</param>
/// <param name="Alert">The alert that it is declared from; empty for none.</param>
/// <param name="Drill">True for an exercise.</param>
public sealed record DeclareRequest(
    string Title = "", string Severity = "", string Function = "", string Users = "", IReadOnlyList<string>? Triggers = null, IReadOnlyList<string>? Services = null,
    string Page = "", string Alert = "", bool Drill = false);

/// <summary>An incident from what is known: nobody types a fact that the house knows. Pure.</summary>
public static class IncidentDeclaration
{
    // Somebody who is woken looks an hour back.
    private static readonly Duration LooksBack = Duration.FromHours(1);

    private const int LongestTitle = 200;

    /// <summary>The services whose users feel it: those named, and those of its page and its alert.</summary>
    public static IReadOnlyList<string> Services(PageBook pages, AlertBook alerts, DeclareRequest asked) =>
    [
        .. (asked.Services ?? []).Append(pages.OfThread(asked.Page)?.Service ?? "").Append(alerts.All.GetValueOrDefault(asked.Alert)?.Service ?? "")
            .Where(s => s.Length > 0).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The earlier of its first alert and now.</summary>
    public static Instant DetectedAt(PageBook pages, AlertBook alerts, DeclareRequest asked, Instant now)
    {
        var page = pages.OfThread(asked.Page);
        return (page?.Alerts ?? []).Append(asked.Alert).Select(id => alerts.All.GetValueOrDefault(id)?.StartedAt).OfType<Instant>().Append(page?.OpenedAt ?? now).Append(now).Min();
    }

    /// <summary>The declaration, or everything that is wrong with it.</summary>
    /// <param name="context">What it is decided from.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="measured">What the indicators of its services say.</param>
    /// <param name="by">Who asks.</param>
    public static Outcome<IncidentDeclared> Decide(IncidentContext context, DeclareRequest asked, IReadOnlyList<MeasuredImpact> measured, string by)
    {
        var wrong = new List<Problem>();
        var page = PageOf(context, asked, wrong);
        var alerts = AlertsOf(context, asked, page, wrong);
        foreach (var service in asked.Services ?? [])
            if (context.Catalog.Find<Service>(service) is null && CatalogView.Of(context.Catalog).Service(service) is null)
                wrong.Add(Problem.Invalid($"There is no service \"{service}\" in the catalog.", $"{context.Catalog.DidYouMean<Service>(service)}List them with \"nines get Service\".", "services"));
        var title = asked.Title.Trim() is { Length: > 0 } given ? given : page?.Title ?? alerts.FirstOrDefault()?.Title ?? "";
        if (title.Length == 0) wrong.Add(Problem.Invalid("An incident needs a title.", "Say in a few words what is wrong.", "title"));
        if (title.Length > LongestTitle) wrong.Add(Problem.Invalid($"The title has {title.Length} characters.", $"Write at most {LongestTitle}; the rest belongs into the timeline.", "title"));
        var verdict = Judge(context, asked, wrong);
        if (wrong.Count > 0) return Outcome<IncidentDeclared>.Failed(wrong);
        var services = Services(context.Pages, context.Alerts, asked);
        var detected = DetectedAt(context.Pages, context.Alerts, asked, context.Now);
        return new IncidentDeclared(
            context.NewId(), context.Incidents.Numbers + 1, title, verdict.Severity, verdict.Reason, services, [.. alerts.Select(a => a.Id)], page is null ? [] : [page.Id],
            detected, page?.OpenedAt, page?.AcknowledgedAt, measured, Known(context, services, alerts, page, measured, detected), by, asked.Drill);
    }

    private static Page? PageOf(IncidentContext context, DeclareRequest asked, List<Problem> wrong)
    {
        if (asked.Page.Length == 0) return null;
        var page = context.Pages.OfThread(asked.Page);
        if (page is null) wrong.Add(Problem.NotFound($"There is no page {asked.Page}.", "List them with \"nines page list\".", "page"));
        else if (context.Incidents.OfPage(page.Id) is { } known) wrong.Add(Problem.Conflict($"The page belongs to {known.Name} already: {known.Title}", "Go on there.", "page"));
        return page;
    }

    private static List<Alert> AlertsOf(IncidentContext context, DeclareRequest asked, Page? page, List<Problem> wrong)
    {
        var alerts = (page?.Alerts ?? []).Select(id => context.Alerts.All.GetValueOrDefault(id)).OfType<Alert>().ToList();
        if (asked.Alert.Length == 0 || alerts.Exists(a => a.Id == asked.Alert)) return alerts;
        if (context.Alerts.All.GetValueOrDefault(asked.Alert) is { } alert) alerts.Add(alert);
        else wrong.Add(Problem.NotFound($"There is no alert {asked.Alert}.", "List them with \"nines alerts list\".", "alert"));
        return alerts;
    }

    /// <summary>What was said wins; then the matrix; and in doubt the higher one, until somebody knows.</summary>
    private static SeverityVerdict Judge(IncidentContext context, DeclareRequest asked, List<Problem> wrong)
    {
        var function = Choice<ImpactFunction>(asked.Function, "function", wrong);
        var users = Choice<ImpactUsers>(asked.Users, "users", wrong);
        var triggers = (asked.Triggers ?? []).Select(t => Choice<EscalationTrigger>(t, "triggers", wrong)).OfType<EscalationTrigger>().ToArray();
        if (asked.Severity.Length > 0)
        {
            if (SeverityText.Parse(asked.Severity) is { } said) return new(said, "Whoever declared it says so.");
            wrong.Add(Problem.Invalid($"\"{asked.Severity}\" is no severity.", "Write sev1, sev2, sev3 or sev4, or nothing to take it from the impact.", "severity"));
        }

        if (function is null && users is null && triggers.Length == 0) return new(IncidentSeverity.Sev2, "Nobody knows yet how many feel it: in doubt the higher one.");
        return context.Policy.Matrix.Of(function ?? ImpactFunction.Core, users ?? ImpactUsers.Few, triggers);
    }

    private static T? Choice<T>(string text, string path, List<Problem> wrong) where T : struct, Enum
    {
        if (text.Length == 0) return null;
        if (Read<T>(text) is { } value) return value;
        wrong.Add(Problem.Invalid($"\"{text}\" is none of what {path} takes.", $"Write one of {string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]))}.", path));
        return null;
    }

    /// <summary>The value of a word, written <c>dataLoss</c> or <c>data-loss</c>; null for none, and for a number.</summary>
    internal static T? Read<T>(string word) where T : struct, Enum =>
        !int.TryParse(word, out _) && Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : null;

    /// <summary>What had happened: changes of its services and of what they depend on, alerts, the page and who has it.</summary>
    private static IReadOnlyList<KnownFact> Known(
        IncidentContext context, IReadOnlyList<string> services, IReadOnlyList<Alert> alerts, Page? page, IReadOnlyList<MeasuredImpact> measured, Instant detected)
    {
        var began = measured.Select(m => m.From).Append(detected).Min();
        var graph = CatalogView.Of(context.Catalog).Dependencies;
        var near = services.Concat(services.SelectMany(graph.DependsOn)).Distinct(StringComparer.Ordinal).ToArray();
        var facts = context.Changes.Between(near, began - LooksBack, context.Now)
            .Select(c => new KnownFact(c.At, TimelineKind.Change, ChangeWords.Of(c.Kind, c.Title, c.Service), c.By, "change/" + c.Id)).ToList();
        facts.AddRange(alerts.Select(a => new KnownFact(a.StartedAt, TimelineKind.Alert, $"{a.Title}. {a.Reason}".TrimEnd(), "", "alert/" + a.Id)));
        if (page is not null)
        {
            facts.Add(new(page.OpenedAt, TimelineKind.Page, $"Page: {page.Title}", "", "page/" + page.Id));
            facts.AddRange(page.Acknowledgements.Select(a => new KnownFact(a.At, TimelineKind.Page, "{0} has the page.", a.Person, "page/" + page.Id)));
        }

        return [.. facts.OrderBy(f => f.At)];
    }
}
