using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>One window pair of a plan, with every number worked out for its objective.</summary>
/// <param name="Severity">What firing means.</param>
/// <param name="LongMinutes">Long window.</param>
/// <param name="ShortMinutes">Short window.</param>
/// <param name="Factor">f: the burn to be exceeded.</param>
/// <param name="ErrorLimit">f·b: the error ratio to be exceeded in both windows.</param>
/// <param name="Inclusive">True where reaching the limit is enough (pairs given by error ratio).</param>
/// <param name="MinFailures">Least failures in the long window for a page, where the pair has its own guard.</param>
public sealed record BurnRule(
    BurnSeverity Severity, int LongMinutes, int ShortMinutes, double Factor, double ErrorLimit, bool Inclusive, int MinFailures)
{
    /// <summary>How long both windows must burn before the pair holds, in milliseconds; 0 for at once.</summary>
    public long AfterMs { get; init; }

    /// <summary>Long and short window as people write them: <c>1h/5m</c>.</summary>
    public string Windows { get; } =
        $"{FieldDuration.Format(Duration.FromMinutes(LongMinutes))}/{FieldDuration.Format(Duration.FromMinutes(ShortMinutes))}";

    /// <summary>
    /// Whole minutes of a total outage, from a clean start under steady traffic, until this pair holds: the first k
    /// with k/W above the limit in both windows (slo.md 3.1: time to fire = b·f·W/E, E = 1).
    /// </summary>
    public int OutageMinutes
    {
        get
        {
            var minutes = 1;
            while (!Exceeds(Math.Min(1, (double)minutes / LongMinutes)) || !Exceeds(Math.Min(1, (double)minutes / ShortMinutes))) minutes++;
            return minutes + (int)(AfterMs / 60_000);
        }
    }

    /// <summary>
    /// True when an error ratio is over the limit. A relative 1e-12 keeps the rounding of binary fractions from
    /// deciding what is meant as equality: exactly the factor does not fire.
    /// </summary>
    public bool Exceeds(double errorRatio) => Inclusive
        ? errorRatio >= ErrorLimit * (1 - 1e-12)
        : errorRatio > ErrorLimit * (1 + 1e-12);
}
