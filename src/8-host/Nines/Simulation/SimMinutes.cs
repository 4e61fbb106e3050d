using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>What users feel, minute by minute, in a world that measures it: when a service burns, and when nobody knows.</summary>
internal sealed class SimMinutes(bool measures)
{
    private const int CleanWanted = 30;

    private static readonly Duration LooksBack = Duration.FromHours(24);

    private readonly List<(string Service, long From, long Until, bool Known)> _stretches = [];

    /// <summary>True where this world measures anything.</summary>
    public bool Measures => measures;

    /// <summary>From its next minute on a service burns for a while; then, maybe, nobody knows for a while. What is past stays as it was.</summary>
    public void Burns(string service, Instant now, int minutes, int unknown)
    {
        var from = MinuteOf(now) + 1;
        _stretches.Add((service, from, from + minutes, true));
        if (unknown > 0) _stretches.Add((service, from + minutes, from + minutes + unknown, false));
    }

    /// <summary>What the house reads: one objective for each service that ever burned.</summary>
    public IReadOnlyList<MeasuredImpact> Read(IReadOnlyCollection<string> services, Instant detected, Instant until)
    {
        if (_stretches.Count == 0) return [];
        var measured = new List<MeasuredImpact>();
        var from = detected - LooksBack;
        var (first, count) = (MinuteOf(from), (int)(MinuteOf(until) - MinuteOf(from)));
        foreach (var service in services.Where(s => _stretches.Exists(x => x.Service == s)))
        {
            var (bad, total) = (new double[Math.Max(0, count)], new double[Math.Max(0, count)]);
            for (var i = 0; i < count; i++) (bad[i], total[i]) = At(service, first + i) switch { true => (50, 100), false => (0, 100), _ => (double.NaN, double.NaN) };
            if (ImpactRule.Of(new(service, Instant.FromUnixTimeSeconds(first * 60), bad, total, 0.001, 1_000), detected) is { } impact) measured.Add(impact);
        }

        return measured;
    }

    /// <summary>
    /// Counted by hand: good minutes since a service burned last, from half an hour before the detection on; null where it did not.
    /// </summary>
    public int? Clean(string service, Instant detected, Instant now)
    {
        int? clean = null;
        for (var minute = MinuteOf(detected) - CleanWanted; minute < MinuteOf(now); minute++)
            clean = At(service, minute) switch { true => 0, false => clean + 1, _ => clean };
        return clean;
    }

    /// <summary>True where the indicators of some services do not say that it is over.</summary>
    public bool Dirty(IEnumerable<string> services, Instant detected, Instant now) => _stretches.Count > 0 && services.Any(s => Clean(s, detected, now) < CleanWanted);

    // True where it burns, false where it is good, null where nobody knows.
    private bool? At(string service, long minute)
    {
        bool? at = false;
        foreach (var stretch in _stretches)
        {
            if (stretch.Service != service || minute < stretch.From || minute >= stretch.Until) continue;
            if (stretch.Known) return true;
            at = null;
        }

        return at;
    }

    private static long MinuteOf(Instant at) => (long)Math.Floor(at.ToUnixTimeMilliseconds() / 60_000.0);
}

/// <summary>The indicators as a simulated house reads them.</summary>
internal sealed class SimImpact(ObjectiveQueries objectives, SimMinutes minutes) : ImpactReading(objectives)
{
    public override IReadOnlyList<MeasuredImpact> Of(IReadOnlyCollection<string> services, Instant detected, Instant until) => minutes.Read(services, detected, until);
}
