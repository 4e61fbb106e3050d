using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>What somebody asks for.</summary>
/// <param name="Matchers">As text: <c>service=checkout</c>.</param>
/// <param name="StartsAt">From when; null for now.</param>
/// <param name="EndsAt">Until when; or give <paramref name="For"/>.</param>
/// <param name="For">How long from its start; or give <paramref name="EndsAt"/>.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Comment">Why.</param>
/// <param name="UntilResolved">True: it ends as soon as nothing that it chooses fires any more; its time is then only the latest end.</param>
/// <param name="MaxBudget">It breaks when an error budget that it hides falls by more than this share of the whole, such as 0.05.</param>
/// <param name="MaxAlerts">It breaks when it holds back more alerts than this.</param>
public sealed record SilenceRequest(
    IReadOnlyList<string> Matchers, Instant? StartsAt = null, Instant? EndsAt = null, Duration? For = null, string Owner = "", string Comment = "",
    bool UntilResolved = false, double? MaxBudget = null, int? MaxAlerts = null);

/// <summary>Decides on silences.</summary>
public static class SilenceRules
{
    /// <summary>No silence is longer: a problem that is known for a month is no alert but a decision.</summary>
    public static Duration Longest { get; } = Duration.FromDays(30);

    /// <summary>The event of a new silence, or every problem with what was asked.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="id">Its id.</param>
    /// <param name="now">When.</param>
    /// <param name="budgets">What is left of each error budget that it would hide; null where nobody looked.</param>
    public static Outcome<SilenceSet> Set(SilenceRequest asked, string id, Instant now, IReadOnlyDictionary<string, double>? budgets = null)
    {
        var problems = new List<Problem>();
        var matchers = Read(asked.Matchers, problems);
        if (asked.Matchers.Count == 0) problems.Add(Problem.Invalid("A silence needs at least one matcher.", "Write one such as service=checkout.", "matchers"));
        else if (problems.Count == 0 && matchers.TrueForAll(m => m.MatchesNothing))
            problems.Add(Problem.Invalid("These matchers choose every alert.", "Name at least one label that an alert must have, such as service=checkout.", "matchers"));
        var start = asked.StartsAt is { } from && from > now ? from : now;
        var end = asked.EndsAt ?? (asked.For is { } length ? start + length : asked.UntilResolved ? start + Longest : null);
        if (end is null) problems.Add(Problem.Invalid("A silence needs an end.", "Give endsAt, for with a duration such as 2h, or untilResolved.", "endsAt"));
        else if (end <= start) problems.Add(Problem.Invalid("The end of the silence is not after its start.", "Give a later end.", "endsAt"));
        else if (end - start > Longest) problems.Add(Problem.Invalid("A silence lasts at most 30d.", "Give an earlier end, or mend or delete the alert.", "endsAt"));
        if (string.IsNullOrWhiteSpace(asked.Owner)) problems.Add(Problem.Invalid("A silence needs an owner.", "Say who answers for it.", "owner"));
        Check(asked, budgets, problems);
        return problems.Count > 0
            ? Outcome<SilenceSet>.Failed(problems)
            : new SilenceSet(id, matchers, start, end!.Value, asked.Owner.Trim(), asked.Comment.Trim(), SilenceBounds.Of(asked, budgets));
    }

    /// <summary>Matchers from texts; what is wrong with them goes to the list.</summary>
    public static List<Matcher> Read(IReadOnlyList<string> texts, List<Problem> problems)
    {
        var matchers = new List<Matcher>();
        foreach (var text in texts)
        {
            var read = Matcher.Parse(text);
            if (read.Ok) matchers.Add(read.Value);
            else problems.AddRange(read.Problems);
        }

        return matchers;
    }

    private static void Check(SilenceRequest asked, IReadOnlyDictionary<string, double>? budgets, List<Problem> problems)
    {
        if (asked.MaxAlerts is < 1) problems.Add(Problem.Invalid("A silence holds back at least one alert.", "Give maxAlerts of 1 or more, or leave it out.", "maxAlerts"));
        if (asked.MaxBudget is { } share && !(share is > 0 and <= 1)) problems.Add(Problem.Invalid("The budget that a silence may cost is a share above 0 and at most 1.", "Give maxBudget such as 0.05 for 5 %.", "maxBudget"));
        else if (asked.MaxBudget is not null && budgets is null or { Count: 0 })
            problems.Add(Problem.Invalid("These matchers hide no objective whose budget could be watched.", "Choose a service or an objective that is measured, or leave maxBudget out.", "maxBudget"));
    }

    /// <summary>The event that ends a silence, or why it cannot end.</summary>
    public static Outcome<SilenceEnded> End(SilenceBook book, string id, string reason) => book.Open.ContainsKey(id)
        ? new SilenceEnded(id, reason)
        : book.Ended.Any(s => s.Id == id)
            ? Problem.Conflict($"The silence {id} has already ended.")
            : Problem.NotFound($"There is no silence {id}.", "List them with \"nines alerts silence list\".");

    /// <summary>The silences whose time has come.</summary>
    public static IReadOnlyList<SilenceEnded> Expired(SilenceBook book, Instant now) =>
        [.. book.Open.Values.Where(s => s.EndsAt <= now).Select(s => new SilenceEnded(s.Id, "Its time came."))];
}
