using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>Fourth stage, judged when the group is flushed: does another alert say it already?</summary>
public static class InhibitStage
{
    /// <summary>What is inhibited along dependencies is judged anew this often in any case, whatever news was missed.</summary>
    public static Duration Recheck { get; } = Duration.FromMinutes(10);

    /// <summary>True where the stage has anything to say.</summary>
    public static bool Concerns(RouteTable routes) => routes.Spec.Inhibit.Count > 0 || routes.Dependencies is not null;

    /// <summary>The alert that holds it back, or null, with the verdict.</summary>
    public static (Alert? By, Verdict Verdict) Judge(AlertBook book, RouteTable routes, Alert alert, Instant now)
    {
        if (routes.Spec.Inhibit.Count > 0 && InhibitSources.Of(book, routes).Of(alert, book) is var (rule, source))
            return (source, new(now, Stage.Inhibit, "inhibited",
                $"While {source.Title} ({source.Id}) fires, the rule {rule.Name} holds it back{(rule.Equal.Count > 0 ? $"; both share {string.Join(", ", rule.Equal)}" : "")}."));
        if (routes.Dependencies is not null && alert.AcknowledgedAt is null && InhibitSources.Of(book, routes).Upstream(alert, book) is var (page, way))
            return (page, new(now, Stage.Inhibit, "inhibited",
                $"{string.Join(" needs ", way)}, and {page.Title} ({page.Id}) pages there since {Text(page.StartedAt)}: {page.AcknowledgedBy} is at it since {Text(page.AcknowledgedAt!.Value)}. "
                + $"It is judged again when that ends or nobody is at it any more, and every {Kernel.FieldDuration.Format(Recheck)}."));
        return (null, new(now, Stage.Inhibit, "passed", "No alert that fires holds it back."));
    }

    private static string Text(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);
}
