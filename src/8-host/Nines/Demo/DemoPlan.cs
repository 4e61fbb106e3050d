using NodaTime;

namespace Nines.Host.Demo;

/// <summary>How the demo was asked for.</summary>
internal sealed record DemoPlan
{
    /// <summary>Where Nines listens; 0 takes a free port.</summary>
    public int Port { get; init; } = 7070;

    /// <summary>The folder that is kept; null takes a temporary one.</summary>
    public string? Data { get; init; }

    /// <summary>Ends by itself after this long; null runs until it is stopped.</summary>
    public Duration? For { get; init; }

    /// <summary>What breaks by itself.</summary>
    public Fault Fault { get; init; }

    /// <summary>How long after the start it breaks.</summary>
    public Duration FaultAfter { get; init; }
}

/// <summary>The summary object of <c>nines demo --json</c>; its names are a promise to scripts.</summary>
/// <param name="Services">Services of the shop.</param>
/// <param name="Objectives">Objectives over them.</param>
/// <param name="Samples">Samples that Nines took in.</param>
/// <param name="FaultAt">When something was broken first in this run.</param>
/// <param name="FirstAlertAt">Start of the first alert after that.</param>
/// <param name="FirstPageAt">When the receiver got the first page after that.</param>
/// <param name="ResolvedAt">When the last alert had ended; null while one fires.</param>
/// <param name="Budgets">What is left of every budget; null without data.</param>
/// <param name="Address">Where Nines listened.</param>
internal sealed record DemoSummary(
    int Services, int Objectives, long Samples, Instant? FaultAt, Instant? FirstAlertAt, Instant? FirstPageAt, Instant? ResolvedAt,
    IReadOnlyList<DemoBudget> Budgets, Uri Address);

/// <summary>One objective's budget in the summary.</summary>
internal sealed record DemoBudget(string Objective, double? Remaining);
