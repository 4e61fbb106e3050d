using System.Collections.Immutable;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Something asks for attention: what every door and reaction hands to the pipeline.</summary>
public sealed record Incoming
{
    /// <summary>What identifies it; equal labels are the same alert.</summary>
    public required AlertLabels Labels { get; init; }

    /// <summary>How loud.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>Who found it: <c>objectives</c>, <c>rules</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The service whose users feel it; empty where nobody said.</summary>
    public string Service { get; init; } = "";

    /// <summary>One line: what burns.</summary>
    public required string Title { get; init; }

    /// <summary>The arithmetic behind it.</summary>
    public required string Reason { get; init; }

    /// <summary>When it began.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>What helps whoever is woken: <c>runbook</c>, links; values are text or addresses.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Where the sender shows it: the graph or the rule; empty where it does not say.</summary>
    public string GeneratorUrl { get; init; } = "";

    /// <summary>True where the sender says that this is an earlier alert again, so that nobody is paged anew.</summary>
    public bool Again { get; init; }
}
