using System.Globalization;
using Nines.Alerting.Rules;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Measuring.Probes;
using NodaTime;

namespace Nines.Learning.Actions;

/// <summary>Looks at what checks name: manifests, objectives, probes.</summary>
public sealed class CheckReading(CompiledManifests manifests, ObjectiveQueries objectives, ProbeBoard probes)
{
    // An hour of a day without data is a hole; more of it is no proof.
    private const double LeastCovered = 0.95;

    private static readonly string[] AlertKinds = ["AlertPolicy", "AlertCondition", "BurnAlertPolicy"];

    /// <summary>What a check of an action sees.</summary>
    public CheckSight Of(HouseState state, ActionItem action, Instant now) => action.Check switch
    {
        null => new(null, ""),
        { Kind: CheckKind.AlertExists } check => Alert(manifests.For(state), check.Target),
        { Kind: CheckKind.ObjectiveHolds } check => Objective(action, check, now),
        var check => Probe(manifests.For(state), check.Target),
    };

    private static CheckSight Alert(ManifestSet all, string name)
    {
        if (all.Find<AlertRule>(name) is { } rule) return new(true, $"The alert rule {name} of {rule.Service} is configured.");
        return all.All.FirstOrDefault(m => m.Spec is not null && AlertKinds.Contains(m.Key.Kind) && m.Key.Name == name) is { } found
            ? new(true, $"{found.Key.Kind} {name} is configured.")
            : new(false, $"No alert {name} is configured.");
    }

    /// <summary>The share of good events since the action was written down, or of the days asked for where that is longer ago.</summary>
    private CheckSight Objective(ActionItem action, ActionCheck check, Instant now)
    {
        if (objectives.Definition(check.Target) is not { } objective) return new(false, $"There is no objective {check.Target}.");
        var from = Instant.Max(action.HoldsSince ?? action.AddedAt, now - Duration.FromDays(Math.Max(1, check.Days)));
        if (objectives.Minutes(check.Target, from, now) is not { } minutes || minutes.Total.Length == 0) return new(null, "");
        return Judge(check.Target, objective.Target, minutes.Bad, minutes.Total);
    }

    /// <summary>What minutes say about a target; nothing where too many are missing. Pure.</summary>
    public static CheckSight Judge(string name, double target, IReadOnlyList<double> bad, IReadOnlyList<double> total)
    {
        var (covered, failed, all) = (0, 0.0, 0.0);
        for (var i = 0; i < total.Count; i++)
        {
            if (!double.IsFinite(total[i])) continue;
            covered++;
            (failed, all) = (failed + bad[i], all + total[i]);
        }

        if (all <= 0 || covered < LeastCovered * total.Count) return new(null, "");
        var ratio = 1 - (failed / all);
        var words = string.Create(CultureInfo.InvariantCulture, $"{name}: {ratio * 100:0.####} % of {all:#,##0} events were good in {covered / 1440.0:0.#} days, the target is {target * 100:0.####} %.");
        return new(ratio >= target - 1e-12, words);
    }

    private CheckSight Probe(ManifestSet all, string name)
    {
        if (all.Find<Probe>(name) is null) return new(false, $"There is no probe {name}.");
        return probes.All.FirstOrDefault(p => p.Name == name) is not { } status ? new(null, "")
            : status.Good ? new(true, $"The probe {name} is green.") : new(false, $"The probe {name} is not green: {status.Detail}");
    }
}
