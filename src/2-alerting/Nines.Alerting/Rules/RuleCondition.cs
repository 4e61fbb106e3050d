using System.Globalization;
using Nines.Kernel;
using Nines.Shell.Components;

namespace Nines.Alerting.Rules;

/// <summary>What a rule's condition comes to at one minute.</summary>
/// <param name="Holds">True where all minutes of its time hold, false where none does, null where it stays as it was.</param>
/// <param name="Value">What was measured; null without data.</param>
/// <param name="Baseline">What it was compared with; null where nothing is learnt yet.</param>
/// <param name="Reason">The arithmetic.</param>
public sealed record RuleVerdict(bool? Holds, double? Value, double? Baseline, string Reason);

/// <summary>The seed's conditions, pure: p99 over 2x its baseline, traffic −30 % or +50 %, saturation over 80 %.</summary>
public static class RuleCondition
{
    // A p99 of fewer events says little: one request in a hundred would decide.
    private const double LeastEvents = 100;

    /// <summary>Judges a rule at the end of a minute.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="minutes">Its last hour.</param>
    /// <param name="minute">The newest whole minute.</param>
    /// <param name="baseline">What is usual; null where it is not learnt yet.</param>
    public static RuleVerdict Judge(AlertRule rule, RuleMinutes minutes, long minute, double? baseline) => rule.Signal switch
    {
        GoldenSignal.Latency => Latency(rule, minutes, minute, baseline),
        GoldenSignal.Traffic => Traffic(rule, minutes, minute, baseline),
        _ => Saturation(rule, minutes, minute),
    };

    /// <summary>What one minute measured: the quantile, the events, or the peak; null without data.</summary>
    public static double? Measure(AlertRule rule, RuleMinutes minutes, long minute)
    {
        var values = minutes.At(minute);
        if (values.IsEmpty) return null;
        return rule.Signal == GoldenSignal.Latency
            ? BucketQuantile.Of(rule.Quantile, rule.Buckets, values[..^1], minutes.Live.AsSpan(0, minutes.Live.Length - 1), values[^1])
            : values[0];
    }

    private static RuleVerdict Latency(AlertRule rule, RuleMinutes minutes, long minute, double? baseline)
    {
        if (baseline is not { } usual) return new(null, null, null, "What is usual is not learnt yet: it takes an hour of traffic.");
        var (above, heard, events, worst) = (0, 0, 0d, 0d);
        for (var i = 0; i < rule.Minutes; i++)
        {
            if (Measure(rule, minutes, minute - i) is not { } value) continue;
            heard++;
            events += minutes.At(minute - i)[^1];
            worst = i == 0 || heard == 1 ? value : worst;
            if (value > rule.Factor * usual) above++;
        }

        var name = "p" + (rule.Quantile * 100).ToString("0.##", CultureInfo.InvariantCulture);
        if (events < LeastEvents) return new(null, null, usual, $"Too few requests to tell: {Figures.CutCount(events)} in {For(rule)}, fewer than {LeastEvents}.");
        return new(
            All(above, heard, rule.Minutes), worst, usual,
            $"{name} is {Unit(rule, worst)}, {Figures.BurnBeside(worst / usual, rule.Factor)} the usual {Unit(rule, usual)}; it was above {Figures.Limit(rule.Factor)} in {above} of the last {Figures.Of(rule.Minutes, "minute")}.");
    }

    private static RuleVerdict Traffic(AlertRule rule, RuleMinutes minutes, long minute, double? baseline)
    {
        if (baseline is not { } usual || usual <= 0) return new(null, null, baseline, "What is usual at this hour is not learnt yet: it takes a day of traffic.");
        var (sum, heard) = (0d, 0);
        for (var i = 0; i < rule.Minutes; i++)
        {
            if (Measure(rule, minutes, minute - i) is not { } value) continue;
            heard++;
            sum += value;
        }

        // A silent source is the absence alert's, not a drop.
        if (heard < rule.Minutes) return new(null, null, usual, $"Only {heard} of the last {rule.Minutes} minutes were heard.");
        var rate = sum / rule.Minutes;
        // Exactly 30 % less is not more than 30 % less, whatever binary fractions make of it.
        var change = Math.Round((rate / usual) - 1, 12);
        var holds = (rule.Drop is { } drop && change < -drop) || (rule.Spike is { } spike && change > spike);
        return new(
            holds, rate, usual,
            $"{Figures.Count(rate)} requests a minute over {For(rule)}, {Change(rule, change)} the usual {Figures.Count(usual)} at this hour.");
    }

    private static RuleVerdict Saturation(AlertRule rule, RuleMinutes minutes, long minute)
    {
        var (above, heard, newest) = (0, 0, (double?)null);
        for (var i = 0; i < rule.Minutes; i++)
        {
            if (Measure(rule, minutes, minute - i) is not { } value) continue;
            heard++;
            newest ??= value;
            if (value > rule.Above) above++;
        }

        if (newest is not { } now) return new(null, null, rule.Above, "Nothing was heard.");
        return new(
            All(above, heard, rule.Minutes), now, rule.Above,
            $"{Figures.PercentBeside(now, rule.Above)} full; it was above {Figures.Target(rule.Above)} in {above} of the last {Figures.Of(rule.Minutes, "minute")}.");
    }

    /// <summary>Holds where all minutes do, ends where none does; holes and the middle leave it as it was.</summary>
    private static bool? All(int above, int heard, int minutes) => heard < minutes ? null : above == minutes ? true : above == 0 ? false : null;

    /// <summary><c>30.4 % below (limit 30 %)</c>: the limit of that side, where the rule has one.</summary>
    private static string Change(AlertRule rule, double change)
    {
        var (side, limit) = change < 0 ? ("below", rule.Drop) : ("above", rule.Spike);
        return limit is { } known
            ? $"{Figures.PercentBeside(Math.Abs(change), known)} {side} (limit {Figures.Target(known)})"
            : $"{Figures.Percent(Math.Abs(change))} {side}";
    }

    private static string For(AlertRule rule) => Figures.Window(FieldDuration.Format(rule.For));

    /// <summary>A measured time in its unit, where the metric's name says that it counts seconds.</summary>
    private static string Unit(AlertRule rule, double value) => rule.Metric.Split('{')[0].TrimEnd().EndsWith("_seconds", StringComparison.Ordinal)
        ? value < 1 ? Digits(value * 1000) + "\u00a0ms" : Digits(value) + "\u00a0s"
        : Digits(value);

    private static string Digits(double value) => value.ToString(value >= 100 ? "#,##0" : value >= 10 ? "0.0" : "0.##", CultureInfo.InvariantCulture);
}
