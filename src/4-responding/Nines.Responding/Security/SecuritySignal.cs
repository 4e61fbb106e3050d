using System.Collections.Immutable;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>A rule that opens a case: so many events within a time, counted in a metric, in a data source, or at Nines' own doors.</summary>
public sealed record SecuritySignal
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of signal it is.</summary>
    public required SignalCategory Category { get; init; }

    /// <summary>Which playbook its cases follow.</summary>
    public required CaseKind Opens { get; init; }

    /// <summary>How bad its cases are held to be.</summary>
    public required IncidentSeverity Severity { get; init; }

    /// <summary>The service that it watches; empty for none.</summary>
    public string Service { get; init; } = "";

    /// <summary>A selector of counters: their increase is counted.</summary>
    public string Metric { get; init; } = "";

    /// <summary>A query for <see cref="Source"/>; its highest value is held against the threshold.</summary>
    public string Promql { get; init; } = "";

    /// <summary>The data source that is asked.</summary>
    public string Source { get; init; } = "";

    /// <summary>What of Nines' own doors is counted; null for none.</summary>
    public OwnFact? Own { get; init; }

    /// <summary>So many open a case.</summary>
    public double AtLeast { get; init; } = 1;

    /// <summary>Within so long; whole minutes.</summary>
    public Duration Within { get; init; } = Duration.FromMinutes(5);

    /// <summary>Its findings have this in common.</summary>
    public string Fingerprint => "signal:" + Name;

    /// <summary>What it found.</summary>
    public Finding Found(double count, Instant now) => new(
        Name, Category, Opens, Severity, Fingerprint,
        $"{count:0.##} {(Own is { } own ? OwnFacts.Words(own) : Metric.Length > 0 ? "of " + Metric : $"from {Promql}")}{(Promql.Length > 0 ? "" : $" within {(int)Within.TotalMinutes} min")}, at least {AtLeast:0.##} open a case.",
        Service, ImmutableSortedDictionary<string, string>.Empty, now);

    /// <summary>What ships, over Nines' own doors. They count once the house has a policy that says who reads the cases.</summary>
    public static ImmutableArray<SecuritySignal> Shipped { get; } =
    [
        new() { Name = "nines-failed-logins", Category = SignalCategory.FailedLogins, Opens = CaseKind.CredentialStuffing, Severity = IncidentSeverity.Sev2, Own = OwnFact.SignInRefused, AtLeast = 20 },
        new() { Name = "nines-refused-requests", Category = SignalCategory.ApiPattern, Opens = CaseKind.Other, Severity = IncidentSeverity.Sev3, Own = OwnFact.Refused, AtLeast = 300 },
        new() { Name = "nines-many-cases-read", Category = SignalCategory.DataAccess, Opens = CaseKind.DataAccess, Severity = IncidentSeverity.Sev3, Own = OwnFact.CaseRead, AtLeast = 30, Within = Duration.FromMinutes(60) },
        new() { Name = "nines-full-token", Category = SignalCategory.PrivilegeEscalation, Opens = CaseKind.PrivilegeEscalation, Severity = IncidentSeverity.Sev2, Own = OwnFact.FullTokenMade },
        new() { Name = "nines-recovery", Category = SignalCategory.PrivilegeEscalation, Opens = CaseKind.PrivilegeEscalation, Severity = IncidentSeverity.Sev2, Own = OwnFact.PasswordRecovered },
    ];
}

/// <summary>Something was found: by a signal of the house, or by a program that reports it.</summary>
/// <param name="Signal">What found it.</param>
/// <param name="Category">What kind of signal it is.</param>
/// <param name="Opens">Which playbook its case follows.</param>
/// <param name="Severity">How bad it is held to be.</param>
/// <param name="Fingerprint">What findings of the same thing have in common.</param>
/// <param name="Text">What was found.</param>
/// <param name="Service">What it is about; empty for unknown.</param>
/// <param name="Facts">Further facts, as the sender named them.</param>
/// <param name="At">When it was seen.</param>
public sealed record Finding(
    string Signal, SignalCategory Category, CaseKind Opens, IncidentSeverity Severity, string Fingerprint, string Text, string Service, IReadOnlyDictionary<string, string> Facts, Instant At);
