namespace Nines.Paging.Handoffs;

/// <summary>How a figure stands against its limits.</summary>
public enum HealthState
{
    /// <summary>Nothing was measured.</summary>
    NoData,

    /// <summary>Sustainable.</summary>
    Healthy,

    /// <summary>Worth acting on.</summary>
    Warning,

    /// <summary>People burn out.</summary>
    Critical,
}

/// <summary>One of the seven metrics of on-call health, with its limits.</summary>
/// <param name="Key">Its name for programs.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">Of its value.</param>
/// <param name="Warn">Where warning begins.</param>
/// <param name="Critical">Where critical begins.</param>
/// <param name="MoreIsBetter">True where a small value is the bad one.</param>
public sealed record HealthLimit(string Key, string Title, string Unit, double Warn, double Critical, bool MoreIsBetter = false)
{
    /// <summary>Judges a value: at the warning limit it warns, beyond the critical one it is critical.</summary>
    public HealthState Judge(double? value) => value switch
    {
        null => HealthState.NoData,
        { } v when MoreIsBetter => v < Critical ? HealthState.Critical : v <= Warn ? HealthState.Warning : HealthState.Healthy,
        { } v => v > Critical ? HealthState.Critical : v >= Warn ? HealthState.Warning : HealthState.Healthy,
    };
}

/// <summary>The shipped limits.</summary>
public static class HealthLimits
{
    /// <summary>A service that calls more often than this in a week is not ready to be on call for.</summary>
    public const int PagesPerWeek = 5;

    /// <summary>Healthy, warning and critical of on-call health, as sites with long experience publish them (Google SRE, "Being On-Call": two incidents a shift).</summary>
    public static IReadOnlyList<HealthLimit> All { get; } =
    [
        new("pagesPerShift", "Pages per shift", "pages", 2, 5),
        new("offHoursPerWeek", "Off-hours pages a week", "pages", 1, 3),
        new("minutesToAcknowledge", "Time to acknowledge", "min", 5, 15),
        new("minutesToMitigate", "Time to mitigate", "min", 30, 60),
        new("falsePositives", "False positives", "%", 10, 30),
        new("escalated", "Escalation rate", "%", 20, 40),
        new("satisfaction", "Satisfaction", "of 5", 4, 3, MoreIsBetter: true),
    ];
}
