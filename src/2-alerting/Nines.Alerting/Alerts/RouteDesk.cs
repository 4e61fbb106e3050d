using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>The one use case behind the command, HTTP and the page of the route tester.</summary>
public sealed class RouteDesk(AlertRoutes routes, CompiledManifests manifests, IOptions<AlertsOptions> options)
{
    /// <summary>Tries labels as a door would take them.</summary>
    /// <param name="state">The state to try them on.</param>
    /// <param name="labels">Each <c>name=value</c>.</param>
    /// <param name="now">When.</param>
    public Outcome<RouteTrialAnswer> Try(HouseState state, IReadOnlyList<string> labels, Instant now)
    {
        var (pairs, problems) = (new List<KeyValuePair<string, string>>(), new List<Problem>());
        foreach (var text in labels)
            if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at) pairs.Add(new(text[..at].Trim(), text[(at + 1)..].Trim().Trim('"')));
            else problems.Add(Problem.Invalid($"\"{text}\" is not a label.", "Write name=value, such as service=checkout.", "label"));
        var all = AlertLabels.Of(pairs);
        if (problems.Count == 0 && all.Pairs.Count == 0) problems.Add(Problem.Invalid("An alert has at least one label.", "Write one such as alertname=HighErrorRate.", "label"));
        if (problems.Count > 0) return Outcome<RouteTrialAnswer>.Failed(problems);
        var set = manifests.For(state);
        var incoming = ForeignAlert.Read(all, ImmutableSortedDictionary<string, string>.Empty, now, "trial", "", CatalogView.Of(set), options.Value.Without());
        return RouteTrial.Try(incoming, state.Get<AlertBook>(), state.Get<SilenceBook>(), routes.For(state), now);
    }

    /// <summary>Tries an alert that is known.</summary>
    public Outcome<RouteTrialAnswer> TryAlert(HouseState state, string id, Instant now)
    {
        var book = state.Get<AlertBook>();
        if ((book.All.GetValueOrDefault(id) ?? book.Find(id)) is not { } alert)
            return Problem.NotFound($"There is no alert {id}.", "List them with \"nines alerts list\".", "alert");
        var incoming = new Incoming
        {
            Labels = alert.Labels,
            Severity = alert.Severity,
            Source = alert.Source,
            Service = alert.Service,
            Title = alert.Title,
            Reason = alert.Reason,
            StartedAt = alert.StartedAt,
            Annotations = alert.Annotations,
        };
        return RouteTrial.Try(incoming, book, state.Get<SilenceBook>(), routes.For(state), now);
    }

    /// <summary>What is odd about the tree.</summary>
    public IReadOnlyList<RouteFinding> Findings(HouseState state)
    {
        var set = manifests.For(state);
        return RouteFindings.Of(
            routes.For(state).Spec, p => set.Has("nines/v1", "EscalationPolicy", p) || set.Has("nines/v1", "Schedule", p), s => set.Find<Service>(s) is not null);
    }
}
