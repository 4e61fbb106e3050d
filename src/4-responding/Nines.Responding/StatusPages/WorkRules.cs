using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What is asked to be announced.</summary>
/// <param name="Title">What is done.</param>
/// <param name="Body">What users notice.</param>
/// <param name="Components">Keys of what is worked on.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Override">Why it does not keep to the rules; empty where it does.</param>
public sealed record WorkRequest(string Title = "", string Body = "", IReadOnlyList<string>? Components = null, Instant? From = null, Instant? Until = null, string Override = "");

/// <summary>What may be announced, and when it begins and ends. Pure.</summary>
public static class WorkRules
{
    /// <summary>Work is announced.</summary>
    public static Outcome<MaintenanceScheduled> Schedule(StatusContext context, string page, WorkRequest asked, string by)
    {
        var found = context.PageOf(page);
        if (!found.Ok) return Outcome<MaintenanceScheduled>.Failed(found.Problems);
        var wrong = new List<Problem>();
        var (title, body, components) = Read(found.Value, asked, wrong);
        var because = asked.Override.Trim();
        Times(found.Value, context.Now, asked.From, asked.Until, because, wrong);
        return wrong.Count > 0
            ? Outcome<MaintenanceScheduled>.Failed(wrong)
            : new MaintenanceScheduled(page, context.NewId(), title, body, components, asked.From!.Value, asked.Until!.Value, because, by);
    }

    /// <summary>It is announced otherwise; what is left out stays. Another beginning asks for notice again.</summary>
    public static Outcome<MaintenanceChanged> Change(StatusContext context, string page, string id, WorkRequest asked, string by)
    {
        var found = Find(context, page, id);
        if (!found.Ok) return Outcome<MaintenanceChanged>.Failed(found.Problems);
        var (spec, work) = found.Value;
        if (!work.Open) return Problem.Conflict("This maintenance is over.", "Announce another one.");
        var wrong = new List<Problem>();
        var whole = asked with
        {
            Title = asked.Title.Length > 0 ? asked.Title : work.Title,
            Body = asked.Body.Length > 0 ? asked.Body : work.Body,
            Components = asked.Components is { Count: > 0 } ? asked.Components : [.. work.Components],
            From = asked.From ?? work.From,
            Until = asked.Until ?? work.Until,
        };
        var (title, body, components) = Read(spec, whole, wrong);
        var because = asked.Override.Trim();
        if (work.Status == MaintenanceStatus.InProgress)
        {
            if (whole.From != work.From) wrong.Add(Problem.Conflict("It has begun already.", "Leave its beginning as it is.", "from"));
            if (whole.Until <= context.Now) wrong.Add(Problem.Invalid("It would have ended already.", "Write a later end, or end it.", "until"));
            else if (whole.Until > work.Until && because.Length == 0) wrong.Add(Problem.Conflict("It would end later than announced.", "Say under override why.", "override"));
        }
        else if (whole.From != work.From || whole.Until != work.Until) Times(spec, context.Now, whole.From, whole.Until, because, wrong);
        return wrong.Count > 0
            ? Outcome<MaintenanceChanged>.Failed(wrong)
            : new MaintenanceChanged(page, id, context.NewId(), title, body, components, whole.From!.Value, whole.Until!.Value, because, by);
    }

    /// <summary>It is done before its time.</summary>
    public static Outcome<MaintenanceEnded> End(StatusContext context, string page, string id, string by)
    {
        var found = Find(context, page, id);
        if (!found.Ok) return Outcome<MaintenanceEnded>.Failed(found.Problems);
        return found.Value.Work.Status switch
        {
            MaintenanceStatus.InProgress => new MaintenanceEnded(page, id, context.NewId(), by),
            MaintenanceStatus.Scheduled => Problem.Conflict("It has not begun.", "Call it off: nines statuspage maintenance cancel."),
            _ => Problem.Conflict("This maintenance is over."),
        };
    }

    /// <summary>It is not done.</summary>
    public static Outcome<MaintenanceCancelled> Cancel(StatusContext context, string page, string id, string reason, string by)
    {
        var found = Find(context, page, id);
        if (!found.Ok) return Outcome<MaintenanceCancelled>.Failed(found.Problems);
        if (found.Value.Work.Status != MaintenanceStatus.Scheduled)
            return Problem.Conflict(found.Value.Work.Open ? "It has begun already." : "This maintenance is over.", found.Value.Work.Open ? "End it: nines statuspage maintenance end." : "");
        var wrong = new List<Problem>();
        var because = StatusContext.Text(reason, "reason", "Work is called off with a reason.", "Say it in a sentence; users read it.", StatusContext.LongestText, wrong);
        return wrong.Count > 0 ? Outcome<MaintenanceCancelled>.Failed(wrong) : new MaintenanceCancelled(page, id, context.NewId(), because, by);
    }

    /// <summary>What is due on a page: work that begins, work whose time is over.</summary>
    public static IEnumerable<object> Due(string name, PublishedPage page, Instant now, Func<string> newId)
    {
        foreach (var work in page.Maintenances)
        {
            // Where nobody was there to begin it, it is told of as begun and as done: the page must not hold on to it.
            if (work.Status == MaintenanceStatus.Scheduled && work.From <= now) yield return new MaintenanceStarted(name, work.Id, newId());
            if (work.Open && work.Until <= now) yield return new MaintenanceEnded(name, work.Id, newId(), "");
        }
    }

    /// <summary>When something is due next on a page; null for never.</summary>
    public static Instant? NextDue(PublishedPage page)
    {
        Instant? next = null;
        foreach (var work in page.Maintenances)
        {
            if (!work.Open) continue;
            var at = work.Status == MaintenanceStatus.Scheduled ? work.From : work.Until;
            if (next is null || at < next) next = at;
        }

        return next;
    }

    /// <summary>True where a stretch lies within one of the windows; always where there are none.</summary>
    public static bool Within(MaintenanceRules rules, DateTimeZone zone, Instant from, Instant until)
    {
        if (rules.Windows.IsEmpty) return true;
        var day = from.InZone(zone).Date;
        // A window over midnight may have begun the day before.
        return rules.Windows.Any(w => Opens(w, zone, day, from, until) || Opens(w, zone, day.PlusDays(-1), from, until));
    }

    private static bool Opens(MaintenanceWindow window, DateTimeZone zone, LocalDate day, Instant from, Instant until)
    {
        if (!window.Days.Contains(day.DayOfWeek)) return false;
        var ends = window.Until > window.From ? day : day.PlusDays(1);
        return (day + window.From).InZoneLeniently(zone).ToInstant() <= from && until <= (ends + window.Until).InZoneLeniently(zone).ToInstant();
    }

    private static Outcome<(StatusPage Page, Maintenance Work)> Find(StatusContext context, string page, string id)
    {
        var found = context.PageOf(page);
        if (!found.Ok) return Outcome<(StatusPage, Maintenance)>.Failed(found.Problems);
        return context.Book.Of(page).Maintenance(id) is { } work
            ? (found.Value, work)
            : Problem.NotFound($"The page {page} has no maintenance {id}.", $"See what it has with \"nines statuspage show {page}\".");
    }

    private static (string Title, string Body, string[] Components) Read(StatusPage page, WorkRequest asked, List<Problem> wrong)
    {
        var title = StatusContext.Text(asked.Title, "title", "Work needs a title.", "Say in a few words what is done.", StatusContext.LongestTitle, wrong);
        var body = StatusContext.Text(asked.Body, "body", "There is nothing to read.", "Say what users notice meanwhile.", StatusContext.LongestText, wrong);
        string[] components = [.. (asked.Components ?? []).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)];
        foreach (var unknown in components.Where(c => page.Find(c) is null))
            wrong.Add(Problem.Invalid($"The page has no component \"{unknown}\".", $"It has: {string.Join(", ", page.Components.Select(c => c.Key))}.", "components"));
        if (components.Length == 0) wrong.Add(Problem.Invalid("Nobody said what is worked on.", $"Name one or more of: {string.Join(", ", page.Components.Select(c => c.Key))}.", "components"));
        return (title, body, components);
    }

    private static void Times(StatusPage page, Instant now, Instant? from, Instant? until, string because, List<Problem> wrong)
    {
        if (from is not { } begins) wrong.Add(Problem.Invalid("Nobody said when it begins.", "Write it as 2026-11-22T04:00:00Z.", "from"));
        if (until is not { } ends) wrong.Add(Problem.Invalid("Nobody said when it ends.", "Write it as 2026-11-22T05:00:00Z.", "until"));
        if (from is not { } first || until is not { } last) return;
        if (last <= first) wrong.Add(Problem.Invalid("It ends before it begins.", "Write a later end.", "until"));
        else if (last <= now) wrong.Add(Problem.Invalid("It would be over already.", "Write times that lie ahead.", "until"));
        if (because.Length > 0 || last <= first) return;
        var rules = page.Maintenance;
        if (first < now + rules.Notice)
            wrong.Add(Problem.Conflict(
                $"That is less than {FieldDuration.Format(rules.Notice)} ahead: the earliest beginning is {Stamp(Earliest(now + rules.Notice))}.",
                "Announce it for then, or say under override why it cannot wait.", "from"));
        if (last - first > rules.Longest)
            wrong.Add(Problem.Conflict($"It takes longer than {FieldDuration.Format(rules.Longest)}.", "Divide it, or say under override why it cannot be.", "until"));
        if (!Within(rules, page.Zone, first, last))
            wrong.Add(Problem.Conflict(
                $"It lies outside the windows of this page: {string.Join("; ", rules.Windows)} ({page.Zone.Id}).", "Choose a time within one, or say under override why it cannot be.", "from"));
    }

    // The whole minute after it: what people write has no seconds.
    private static Instant Earliest(Instant at) => Instant.FromUnixTimeSeconds((at.ToUnixTimeSeconds() + 59) / 60 * 60);

    private static string Stamp(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
