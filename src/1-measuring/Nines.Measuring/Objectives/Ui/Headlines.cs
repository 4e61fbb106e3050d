using Nines.Shell.Components;
using static Nines.Shell.Components.Phrase;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>
/// The answer in words at the top of each page: subject, verb, number, date. Never "all good" while something is unknown.
/// </summary>
public static class Headlines
{
    private const int MostNamed = 3;

    /// <summary>The overview's: what is worst, named; then whether anybody is being paged.</summary>
    public static IReadOnlyList<Phrase> Overview(IReadOnlyList<ServiceView> services, Reader reader)
    {
        var measured = services.Where(s => s.Objectives.Count > 0).ToArray();
        if (measured.Length == 0) return services.Count == 0 ? ["Nothing is measured yet."] : [$"{Figures.Of(services.Count, "service")}, and no objective yet."];
        var words = new List<Phrase>();
        var urgent = measured.Where(s => Urgency(s) < 3).OrderBy(Urgency).ToArray();
        // A warning is named only when nothing worse is: the census below counts it.
        var bad = urgent.Length > 0 ? urgent : measured.Where(s => s.State.Word != "Healthy").ToArray();
        if (bad.Length == 0)
        {
            words.Add(Bold(measured.Length == 1 ? $"{Capital(measured[0].Title)} is within its budget" : $"All {Figures.Of(measured.Length, "service")} are within their budgets"));
            words.Add(".");
        }
        if (bad.Length > 0) Name(words, bad, reader);
        var pages = measured.Sum(s => s.Objectives.Count(o => o.Alerts.Any(a => a is { Firing: true, Page: true, Held: false })));
        words.Add(pages == 0 ? " Nobody is being paged." : $" {Figures.Of(pages, "page")} {(pages == 1 ? "is" : "are")} out.");
        return words;
    }

    /// <summary>An objective's: what is spent, and when it is gone at the last day's and the last hour's burn.</summary>
    public static IReadOnlyList<Phrase> Of(ObjectiveView o, Reader reader)
    {
        var name = Capital(o.Title);
        if (o.Left is not { } left)
            return o.SilentSince is { } since
                ? [$"{name} is ", Bold("silent"), ": nothing has come in since ", Time(since, TimeForm.Clock, reader), ", ", Time(since, TimeForm.Ago, reader), "."]
                : [$"{name} has ", Bold("no data"), " yet: no sample has matched it."];
        var words = new List<Phrase>();
        if (left <= 0) words.AddRange([$"{name} has ", Bold("no budget left"), left < 0 ? $": it is overspent by {BudgetWords.Overspent(left)}." : "."]);
        else words.AddRange([$"{name} has spent ", Bold($"{Figures.Percent(1 - left, 1 - left is > 0 and < 0.1 ? 1 : 0)} of its budget"), "."]);
        Ahead(words, o, left, reader);
        return words;
    }

    /// <summary>One objective in a line of the wall: what burns, and when it is gone.</summary>
    public static IReadOnlyList<Phrase> Line(ObjectiveView o, Reader reader)
    {
        var label = Capital(o.Label);
        if (o.SilentSince is { } since) return [$"{label}. Silent since ", Time(since, TimeForm.Clock, reader), "."];
        if (o.Left is null) return [$"{label}. No sample has matched it yet."];
        var burn = $"{label}.{(o.BurnOf("1h") is { } rate ? $" Burning {Figures.Burn(rate)}." : "")}";
        return o.Left <= 0 ? [burn + $" {(o.Left < 0 ? $"Overspent by {BudgetWords.Overspent(o.Left.Value)}." : "Nothing left.")}"] : o.GoneFirst is { } at ? [burn + " Gone ", Time(at, TimeForm.Sentence, reader), "."] : [burn + " Never gone at this rate."];
    }

    /// <summary>Counts of states in one line: <c>5 services, 11 objectives: 1 critical, 7 healthy</c>.</summary>
    public static string Census(IReadOnlyList<ServiceView> services)
    {
        var objectives = services.SelectMany(s => s.Objectives).ToArray();
        var count = Figures.Of(services.Count, "service");
        return objectives.Length == 0 ? $"{count}, {Figures.Of(0, "objective")}." : $"{count}, {States(objectives)}.";
    }

    /// <summary>The census in pieces; a state's count comes with the filter that shows those.</summary>
    public static IEnumerable<(string Words, string? Filter)> Counted(IReadOnlyList<ServiceView> services)
    {
        var census = Census(services);
        var states = services.SelectMany(s => s.Objectives).GroupBy(o => o.State.Word).OrderBy(g => g.Min(o => o.Rank)).Select(g => (Words: CountOf(g), Filter: "state:" + g.Key.Split(' ')[0].ToLowerInvariant())).ToArray();
        foreach (var (words, filter) in states.Length > 1 ? states : [])
        {
            var at = census.IndexOf(words, StringComparison.Ordinal);
            yield return (census[..at], null);
            yield return (words, filter);
            census = census[(at + words.Length)..];
        }
        yield return (census, null);
    }

    /// <summary>How many objectives are in which state, worst first: <c>11 objectives: 1 critical, 10 healthy</c>.</summary>
    public static string States(IReadOnlyList<ObjectiveView> objectives)
    {
        var states = objectives.GroupBy(o => o.State.Word).OrderBy(g => g.Min(o => o.Rank))
            .Select(CountOf);
        return $"{Figures.Of(objectives.Count, "objective")}: {string.Join(", ", states)}";
    }

    private static string CountOf(IGrouping<string, ObjectiveView> state) =>
        $"{Figures.Count(state.Count())} {(state.Key == "No data" ? "without data" : state.Key.ToLowerInvariant())}";

    // The worst with its date is a sentence; the next two are one more, those in the same trouble under one verb.
    private static void Name(List<Phrase> words, ServiceView[] bad, Reader reader)
    {
        var worst = Telling(bad[0]);
        words.Add(Bold($"{Capital(bad[0].Title)} {Verb(worst)}"));
        var dated = worst.GoneFirst is not null && worst.Left > 0;
        if (dated) words.AddRange([": at this rate its budget is gone ", Time(worst.GoneFirst!.Value, TimeForm.Sentence, reader)]);
        var others = bad.Skip(1).Take(MostNamed - 1).GroupBy(s => Verb(Telling(s))).ToArray();
        for (var i = 0; i < others.Length; i++)
        {
            var names = string.Join(" and ", others[i].Select(s => s.Title));
            words.Add(i == 0 && dated ? ". " : ", ");
            words.Add(Bold($"{(i == 0 && dated ? Capital(names) : names)} {(others[i].Count() > 1 ? Plural(others[i].Key) : others[i].Key)}"));
        }
        words.Add(bad.Length > MostNamed ? $", and {Figures.Of(bad.Length - MostNamed, "more", "more")} below." : ".");
    }

    // The objective that a service is named for.
    private static ObjectiveView Telling(ServiceView service) => service.Objectives.FirstOrDefault(o => o.IsFiring)
        ?? (Urgency(service) == 2 ? service.Objectives.First(o => o.State.Word == "No data") : service.Worst!);

    private static string Plural(string verb) => verb.Split(' ', 2) switch
    {
        ["is", var rest] => "are " + rest,
        ["has", var rest] => "have " + rest,
        ["needs", var rest] => "need " + rest,
        _ => verb,
    };

    // What burns now comes first, then what is spent, then what nobody knows.
    private static int Urgency(ServiceView s) =>
        s.Objectives.Any(o => o.IsFiring) ? 0
        : s.State.Word is "Exhausted" or "Frozen" or "Critical" ? 1
        : s.Objectives.Any(o => o.State.Word == "No data") ? 2 : 3;

    private static string Verb(ObjectiveView o) => o.State.Word switch
    {
        "Exhausted" => "has no budget left",
        "Frozen" => "is frozen",
        "No data" => o.SilentSince is null ? "has no data yet" : "is silent",
        _ when o.IsFiring || o.BurnOf("1h") > 1 => "is burning",
        "Critical" => "has little budget left",
        _ => "needs a look",
    };

    private static void Ahead(List<Phrase> words, ObjectiveView o, double left, Reader reader)
    {
        if (o.SilentSince is { } since)
        {
            words.AddRange([" Nothing has come in since ", Time(since, TimeForm.Clock, reader), "."]);
            return;
        }
        var (day, hour) = (Gone(o, "24h"), Gone(o, "1h"));
        if (left <= 0 || day is null) return;
        if (day.At is { } gone)
        {
            words.AddRange([" At the last day’s burn it is gone ", Time(gone, TimeForm.Sentence, reader, strong: true)]);
            if (hour?.At is { } sooner && sooner < gone) words.AddRange(["; at the last hour’s, ", Time(sooner, TimeForm.Sentence, reader), "."]);
            else words.Add(hour is { At: null } ? "; at the last hour’s it recovers." : ".");
        }
        else if (hour?.At is { } soon) words.AddRange([" At the last hour’s burn it is gone ", Time(soon, TimeForm.Sentence, reader, strong: true), "; at the last day’s, never."]);
        else words.Add(" At the present burn it is never gone.");
    }

    private static GoneView? Gone(ObjectiveView o, string window) => o.Gone.FirstOrDefault(g => g.Window == window);

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];
}
