using Microsoft.Extensions.Options;

namespace Nines.Measuring.Signals;

/// <summary>Settings of the hub, section <c>signals</c>.</summary>
public sealed class SignalsOptions
{
    /// <summary>Matched series of one source; 2 000 000 by default.</summary>
    public int SeriesPerSource { get; set; } = 2_000_000;

    /// <summary>Labels of one series, the name included; 128 by default.</summary>
    public int LabelsPerSeries { get; set; } = 128;

    /// <summary>Labels that tell the replicas of a highly available pair of senders apart, such as <c>prometheus_replica</c>; none by default.</summary>
    public IList<string> ReplicaLabels { get; set; } = [];

    /// <summary>Days for which the last value of a matched series without samples is kept; 2 by default.</summary>
    public int KeepSilentSeriesDays { get; set; } = 2;

    /// <summary>The limits as the hub takes them.</summary>
    public SignalLimits ToLimits() => new() { SeriesPerSource = SeriesPerSource, LabelsPerSeries = LabelsPerSeries, ReplicaLabels = [.. ReplicaLabels] };
}

/// <summary>Checks <see cref="SignalsOptions"/>: all mistakes at once.</summary>
internal sealed class SignalsOptionsValidator : IValidateOptions<SignalsOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalsOptions options)
    {
        var wrong = new List<string>();
        Within(options.SeriesPerSource, 1, 50_000_000, "seriesPerSource");
        Within(options.LabelsPerSeries, 2, 10_000, "labelsPerSeries");
        Within(options.KeepSilentSeriesDays, 1, 400, "keepSilentSeriesDays");
        if (options.ReplicaLabels.Any(string.IsNullOrWhiteSpace)) wrong.Add("signals:replicaLabels holds an empty name; leave it out.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Within(int value, int least, int most, string key)
        {
            if (value < least || value > most) wrong.Add($"signals:{key} is {value}; write a number from {least} to {most}.");
        }
    }
}
