using System.Collections.Immutable;

namespace Nines.Responding.Incidents;

/// <summary>A severity and the reasons for it.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record SeverityVerdict(IncidentSeverity Severity, string Reason);

/// <summary>
/// From impact to severity: what does not work × how many feel it, and what raises it by itself. The shipped table is
/// seed 003, phase 5.
/// </summary>
/// <param name="Rows">Each function's severities: one user, fewer than a quarter, more, all.</param>
public sealed record SeverityMatrix(ImmutableSortedDictionary<ImpactFunction, ImmutableArray<IncidentSeverity>> Rows)
{
    /// <summary>The seed's table.</summary>
    public static SeverityMatrix Shipped { get; } = new(new Dictionary<ImpactFunction, ImmutableArray<IncidentSeverity>>
    {
        [ImpactFunction.Core] = [IncidentSeverity.Sev3, IncidentSeverity.Sev2, IncidentSeverity.Sev1, IncidentSeverity.Sev1],
        [ImpactFunction.Degraded] = [IncidentSeverity.Sev4, IncidentSeverity.Sev3, IncidentSeverity.Sev2, IncidentSeverity.Sev1],
        [ImpactFunction.NonCore] = [IncidentSeverity.Sev4, IncidentSeverity.Sev3, IncidentSeverity.Sev3, IncidentSeverity.Sev2],
        [ImpactFunction.Cosmetic] = [IncidentSeverity.Sev4, IncidentSeverity.Sev4, IncidentSeverity.Sev3, IncidentSeverity.Sev3],
    }.ToImmutableSortedDictionary());

    /// <summary>The severity of an impact, raised by its triggers; a trigger never lowers it.</summary>
    public SeverityVerdict Of(ImpactFunction function, ImpactUsers users, IReadOnlyCollection<EscalationTrigger> triggers)
    {
        var severity = Rows[function][(int)users];
        var reason = $"{Words(function)} for {Words(users)}";
        foreach (var trigger in triggers.Distinct().Order())
        {
            var raised = Raise(severity, trigger);
            reason += raised == severity ? $"; {Words(trigger)}" : $"; {Words(trigger)} makes it {raised.Word()}";
            severity = raised;
        }

        return new(severity, reason + ".");
    }

    // Data loss and personal data: SEV1 at least. Revenue: SEV1 or SEV2. An agreement about to break: one level up.
    internal static IncidentSeverity Raise(IncidentSeverity severity, EscalationTrigger trigger) => trigger switch
    {
        EscalationTrigger.DataLoss or EscalationTrigger.PersonalData => IncidentSeverity.Sev1,
        EscalationTrigger.Revenue => (IncidentSeverity)Math.Min((int)severity, (int)IncidentSeverity.Sev2),
        _ => (IncidentSeverity)Math.Max((int)severity - 1, (int)IncidentSeverity.Sev1),
    };

    /// <summary>A function in words, at the beginning of a sentence.</summary>
    public static string Words(ImpactFunction function) => function switch
    {
        ImpactFunction.Core => "A core function is down",
        ImpactFunction.Degraded => "Performance is degraded",
        ImpactFunction.NonCore => "A lesser function is down",
        _ => "Something cosmetic or minor is wrong",
    };

    /// <summary>How many, in words.</summary>
    public static string Words(ImpactUsers users) => users switch
    {
        ImpactUsers.One => "one user",
        ImpactUsers.Few => "fewer than a quarter of all users",
        ImpactUsers.Many => "more than a quarter of all users",
        _ => "all users",
    };

    /// <summary>A trigger in words.</summary>
    public static string Words(EscalationTrigger trigger) => trigger switch
    {
        EscalationTrigger.DataLoss => "data is lost",
        EscalationTrigger.PersonalData => "personal data is out",
        EscalationTrigger.Revenue => "it costs revenue",
        _ => "an agreement is about to break",
    };
}
