using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Access;
using Nines.Measuring.Objectives;
using Nines.Measuring.Signals;
using Nines.Measuring.Sources;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>One question with a figure as its answer.</summary>
public sealed class QueryRun(IHouse house, CompiledManifests manifests, ObjectiveQueries objectives, SignalHub signals, AccessClients clients, TimeProvider clock)
{
    // A value that nobody has sent anew for so long says nothing about now.
    private static readonly Duration Fresh = Duration.FromMinutes(5);

    private const int LongestAnswer = 1024 * 1024;

    internal async Task<RunnerResult> RunAsync(QueryAction asked, Duration timeout, CancellationToken stop)
    {
        var answer = await AskAsync(asked, timeout, stop);
        if (!answer.Ok) return new(RunnerVerdict.Failed, string.Join(" ", answer.Problems.Select(p => p.What)));
        return new(asked.Holds(answer.Value) ? RunnerVerdict.AsExpected : RunnerVerdict.Unexpected, asked.Says(answer.Value));
    }

    /// <summary>The figure, or why nobody knows it.</summary>
    public async Task<Outcome<double>> AskAsync(QueryAction asked, Duration timeout, CancellationToken stop) =>
        asked.Promql.Length > 0 ? await SourceAsync(asked, timeout, stop) : asked.Objective.Length > 0 ? Objective(asked) : asked.Metric.Length > 0 ? Metric(asked) : Alerts(asked);

    private Outcome<double> Objective(QueryAction asked)
    {
        if (objectives.Find(asked.Objective, clock.Now()) is not { } status) return Unknown($"There is no objective {asked.Objective}.");
        var value = asked.Figure switch { "remaining" => status.Budget.Remaining, "sli" => status.Sli, _ => status.Burn.FirstOrDefault(b => b.Window == asked.Window)?.Rate };
        return value is { } known ? known : Unknown(asked.Figure == "burn" && status.Burn.All(b => b.Window != asked.Window)
            ? $"{asked.Objective} has no window {asked.Window}; it has {string.Join(", ", status.Burn.Select(b => b.Window))}."
            : $"Nothing is known of the {asked.Subject}.");
    }

    private Outcome<double> Alerts(QueryAction asked)
    {
        var matchers = asked.Alerts.Select(Matcher.Parse).ToArray();
        if (Array.Find(matchers, m => !m.Ok) is { } wrong) return Outcome<double>.Failed(wrong.Problems);
        return house.State.Get<AlertBook>().All.Values.Count(a => a.Firing && Array.TrueForAll(matchers, m => m.Value.Matches(a.Labels)));
    }

    private Outcome<double> Metric(QueryAction asked)
    {
        if (!Selector.TryParse(asked.Metric, out var selector, out var error)) return Unknown(error);
        var oldest = (clock.Now() - Fresh).ToUnixTimeMilliseconds();
        var found = signals.MatchedSeries(selector.Name).Where(s => s.LastUnixMs >= oldest && selector.Matches(s.Labels)).Select(s => s.Last).ToArray();
        return found.Length > 0 ? found.Max() : Unknown($"Nothing came for {asked.Metric} in the last {FieldDuration.Format(Fresh)}; only what an objective or a rule watches is kept.");
    }

    private async Task<Outcome<double>> SourceAsync(QueryAction asked, Duration timeout, CancellationToken stop)
    {
        var known = manifests.For(house.State).Of<DataSource>().Where(s => s.IsReadable).ToArray();
        if ((asked.Source.Length == 0 && known.Length == 1 ? known[0] : Array.Find(known, s => s.Name == asked.Source)) is not { } source)
            return Unknown(asked.Source.Length == 0 ? "It does not say which data source is asked, and there is not exactly one." : $"There is no data source {asked.Source} that can be read.");
        using var bounded = new CancellationTokenSource(timeout.ToTimeSpan(), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, bounded.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.Url!.AbsoluteUri.TrimEnd('/') + "/api/v1/query")) { Content = new FormUrlEncodedContent([new("query", asked.Promql)]) };
            if (AccessClients.Prepare(request, source.Access) is { } wrong) return Unknown(wrong);
            using var client = clients.For("sources", source.Access);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(both.Token);
            var bytes = new byte[LongestAnswer];
            var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, both.Token);
            var read = PromAnswer.Read((int)answer.StatusCode, bytes.AsMemory(0, length));
            if (read.Error is { } error) return Unknown(error);
            var values = read.Series.SelectMany(s => s.Samples.TakeLast(1)).Select(s => s.Value).Where(double.IsFinite).ToArray();
            return values.Length > 0 ? values.Max() : Unknown($"{source.Name} has no value for {asked.Promql}.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Unknown($"{source.Name} did not answer within {FieldDuration.Format(timeout)}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Unknown($"{source.Name} cannot be reached: {e.GetBaseException().Message}");
        }
    }

    private static Problem Unknown(string why) => new(ProblemKind.Unavailable, why);
}
