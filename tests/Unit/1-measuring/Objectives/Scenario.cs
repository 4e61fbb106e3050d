using Nines.Measuring.Indicators;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Tests.Unit.Measuring.Objectives;

/// <summary>Drives a backtest minute by minute from a full minute on; minute 1 is the first after the onset.</summary>
internal sealed class Scenario
{
    public const long Onset = 29_700_000;

    private long _next;

    public Scenario(int historyMinutes, params Objective[] objectives)
    {
        Run = new(objectives, Duration.FromMinutes(1));
        _next = Onset - historyMinutes;
    }

    public Backtest Run { get; }

    public IndicatorBook Book => Run.Book;

    /// <summary>Minutes passed since the onset.</summary>
    public long Now => _next - Onset;

    public static Objective Availability(string name = "checkout", double target = 0.999, int days = 30) => new()
    {
        Name = name,
        Slo = name,
        Service = name,
        Target = target,
        Window = new RollingWindow(Duration.FromDays(days)),
        Indicator = new RatioIndicator(name, null, MetricQuery.Native("bad"), MetricQuery.Native("total"), true),
    };

    /// <summary>Minutes with traffic: bad and total of each, stamped at its end.</summary>
    public Scenario Traffic(int minutes, double total, double errorRatio, int indicator = 0)
    {
        for (var i = 0; i < minutes; i++)
        {
            var at = Minute.EndMs(_next);
            Book.Fresh(indicator, at);
            Book.Add(indicator, StreamRole.Total, at, total);
            Book.Add(indicator, StreamRole.Bad, at, total * errorRatio);
            Close();
        }

        return this;
    }

    /// <summary>Minutes in which samples come but nothing happens.</summary>
    public Scenario Quiet(int minutes, int indicator = 0)
    {
        for (var i = 0; i < minutes; i++)
        {
            Book.Fresh(indicator, Minute.EndMs(_next));
            Close();
        }

        return this;
    }

    /// <summary>Minutes in which nothing comes at all.</summary>
    public Scenario Silence(int minutes)
    {
        for (var i = 0; i < minutes; i++) Close();
        return this;
    }

    public void Close() => Run.Close(_next++);

    public Evaluation Evaluate(string name = "checkout")
    {
        var result = new Evaluation();
        Evaluator.Evaluate(Run.Objectives.Find(name)!, Minute.StartMs(_next), result);
        return result;
    }

    /// <summary>Conditions as the oracle writes them: first and last firing minute after the onset.</summary>
    public IReadOnlyList<string> Conditions() =>
        [.. Run.Result().Conditions.Select(c => $"{c.Severity} {After(c.Start)}-{(c.End is { } end ? After(end) - 1 : null)}")];

    public IReadOnlyList<string> Alerts() =>
        [.. Run.Result().Alerts.Select(a => $"{a.Severity}{(a.Suppressed ? " suppressed" : "")} {After(a.Start)}-{(a.End is { } end ? After(end) - 1 : null)}"
            + (a.Reopened.Count == 0 ? "" : " again " + string.Join(',', a.Reopened.Select(After))))];

    /// <summary>A sentence with plain spaces.</summary>
    public static string Words(string text) => text.Replace('\u00a0', ' ');

    private static long After(Instant at) => (at.ToUnixTimeSeconds() / 60) - Onset;
}
