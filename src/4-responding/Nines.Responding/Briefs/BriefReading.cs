using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Briefs;

/// <summary>Briefs of incidents and of pages, from what the house knows now.</summary>
public sealed class BriefReading(
    IHouse house, CompiledManifests manifests, IncidentReading incidents, ImpactReading indicators, ObjectiveQueries objectives, IEnumerable<IFirstAction> actions, IOptions<NotificationsOptions> options)
{
    /// <summary>The brief of an incident (id or number) or of a page (id); null where neither is there. A page of an incident has the incident's.</summary>
    public Brief? Find(string name, Instant now)
    {
        var state = house.State;
        if (state.Get<IncidentBook>().Find(name) is { } incident) return OfIncident(state, incident, now);
        if (state.Get<PageBook>().OfThread(name) is not { } page) return null;
        return state.Get<IncidentBook>().OfPage(page.Id) is { } of ? OfIncident(state, of, now) : OfPage(state, page, now);
    }

    private Brief? OfIncident(HouseState state, Incident incident, Instant now)
    {
        if (incidents.Find(incident.Id, now) is not { } view) return null;
        var pages = state.Get<PageBook>();
        var people = incident.Roles.Select(r => r.Person).Concat(incident.Pages.SelectMany(p => pages.OfThread(p)?.Acknowledgements.Select(a => a.Person) ?? []));
        return Brief.Of(new(
            "incident/" + incident.Id, incident.Name, incident.Severity.Word(), incident.Title, incident.Services, incident.DetectedAt, view.Impact, Left(incident.Services, view.Impact, now),
            incidents.Suspects(incident, now), Names(state, people), !incident.Open, Runbook(state, incident.Services, incident.Alerts), incidents.Policy.Mitigations, $"{Url}/incidents/{incident.Id}", now));
    }

    private Brief OfPage(HouseState state, Page page, Instant now)
    {
        string[] services = page.Service.Length > 0 ? [page.Service] : [];
        var alerts = state.Get<AlertBook>();
        var detected = page.Alerts.Select(a => alerts.All.GetValueOrDefault(a)?.StartedAt).OfType<Instant>().Append(page.OpenedAt).Min();
        // What is not declared is looked at as if it were: the same suspects, for the same reasons.
        var asked = new Incident
        {
            Id = page.Id,
            Number = 0,
            Title = page.Title,
            Severity = IncidentSeverity.Sev2,
            Services = [.. services],
            DeclaredAt = page.OpenedAt,
            DetectedAt = detected,
        };
        var impact = indicators.Of(services, detected, now);
        return Brief.Of(new(
            "page/" + page.Id, "Page", page.Severity.ToString().ToLowerInvariant(), page.Title, services, detected, impact, Left(services, impact, now), incidents.Suspects(asked, now),
            Names(state, page.Acknowledgements.Select(a => a.Person)), page.EndedAt is not null, Runbook(state, services, page.Alerts), incidents.Policy.Mitigations, $"{Url}/pages/{page.Id}", now));
    }

    private string Url => options.Value.PublicUrl.TrimEnd('/');

    /// <summary>Of the objective that it costs most; where none burns, of the one that has least left.</summary>
    private BudgetLeft? Left(IReadOnlyCollection<string> services, IReadOnlyList<MeasuredImpact> impact, Instant now)
    {
        var known = objectives.Of(services, now);
        var status = (impact.Count > 0 ? known.FirstOrDefault(s => s.Name == impact[0].Objective) : null) ?? known.Where(s => s.Budget.Remaining is not null).MinBy(s => s.Budget.Remaining);
        return status is null ? null : new(status.Name, status.Budget.RemainingMinutes, status.Budget.Exhausts.GetValueOrDefault("1h"));
    }

    private string[] Names(HouseState state, IEnumerable<string> people)
    {
        var catalog = CatalogView.Of(manifests.For(state));
        return [.. people.Distinct(StringComparer.Ordinal).Select(p => catalog.PersonById(p)?.Name ?? p)];
    }

    private string Runbook(HouseState state, IReadOnlyCollection<string> services, IReadOnlyCollection<string> alerts) =>
        actions.Select(a => a.Of(state, services, alerts)).FirstOrDefault(a => a.Length > 0)
        ?? alerts.Select(a => state.Get<AlertBook>().All.GetValueOrDefault(a)?.Annotations.GetValueOrDefault("runbook_url") ?? "").FirstOrDefault(r => r.Length > 0) ?? "";
}

/// <summary>The slot for whoever knows what to do first about some alerts: runbooks.</summary>
public interface IFirstAction
{
    /// <summary>What to do first, in a few words; empty where nobody wrote it.</summary>
    string Of(HouseState state, IReadOnlyCollection<string> services, IReadOnlyCollection<string> alerts);
}
