using System.Diagnostics;
using System.Globalization;
using Nines.Learning.Knowledge;

namespace Nines.Host.Bench;

/// <summary>Full-text search over many postmortems in memory: reading them in, one that changed, and searches of one, two and four words.</summary>
internal sealed class KnowledgeBench : Benchmark
{
    private static readonly string[] Ordinary = ["latency", "checkout", "deploy", "rollback", "query", "index", "cache", "timeout", "retry", "region", "queue", "certificate", "replica", "memory", "disk", "alert", "budget", "customer", "payment", "search"];

    public override string Name => "knowledge";

    public override string Summary => "Search over 10 000 postmortems of about 300 words each, in memory.";

    public override Task<BenchTable> RunAsync(BenchRun run)
    {
        var (texts, searches) = run.Quick ? (500, 50) : (10_000, 500);
        var random = new Random(7);
        var all = Enumerable.Range(0, texts).Select(i => Text(i, random)).ToArray();
        var index = new KnowledgeIndex();
        var began = Stopwatch.GetTimestamp();
        index.Update(all);
        var read = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        all[texts / 2] = Text(texts / 2, random);
        began = Stopwatch.GetTimestamp();
        index.Update(all);
        var changed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var rows = new List<IReadOnlyList<string>> { Row("read in", texts, read, read), Row("one changed", 1, changed, changed) };
        foreach (var words in (int[])[1, 2, 4])
        {
            var took = new List<double>();
            for (var i = 0; i < searches; i++)
            {
                var query = string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(random)));
                began = Stopwatch.GetTimestamp();
                var found = index.Search(query, 50);
                foreach (var one in found) _ = Excerpt.Of(one.Text, query);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            took.Sort();
            rows.Add(Row($"search, {words} word{(words == 1 ? "" : "s")}", searches, took[searches / 2], took[(int)(searches * 0.99)]));
            run.Say($"{words} words: {took[searches / 2]:F1} ms");
        }

        return Task.FromResult(new BenchTable(Name, Summary, ["what", "count", "p50 ms", "p99 ms"], rows, ["A search is 50 results with their excerpts; words are drawn by Zipf's law from 20 000, as texts are."]));
    }

    private static IReadOnlyList<string> Row(string what, int count, double p50, double p99) =>
        [what, count.ToString("N0", CultureInfo.InvariantCulture), p50.ToString("F2", CultureInfo.InvariantCulture), p99.ToString("F2", CultureInfo.InvariantCulture)];

    private static KnownText Text(int number, Random random)
    {
        var title = string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(random)));
        var body = Enumerable.Range(0, 10).Select(_ => new KnownPart(string.Join(' ', Enumerable.Range(0, 30).Select(_ => Word(random))), 1)).ToArray();
        return new($"postmortem/{number}", "postmortem", $"PM-{number}", title, $"/postmortems/{number}", null, [], () => [new(title, 4), .. body], new object());
    }

    // The n-th word comes about 1/n as often as the first (Zipf).
    private static string Word(Random random)
    {
        var rank = (int)Math.Pow(20_000, random.NextDouble());
        return rank < Ordinary.Length ? Ordinary[rank] : $"word{rank}";
    }
}
