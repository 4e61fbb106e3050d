using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Ui;
using Nines.Shell.Charts;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Responding.Incidents.Ui;

/// <summary>Puts an incident's room, and the form that declares one, on the screen.</summary>
internal sealed class IncidentScreen(IHouse house, CompiledManifests manifests, IncidentReading incidents, ObjectiveQueries objectives, TimeProvider clock)
{
    // What led there is seen on the same picture.
    private static readonly Duration Before = Duration.FromMinutes(10);
    private static readonly Duration Longest = Duration.FromHours(6);

    public async Task<IResult> ShowAsync(HttpContext http, string id, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed)
    {
        var reader = Reader.Of(http, clock);
        if (await incidents.FindAsync(id, reader.Now, http.RequestAborted) is not { } incident) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no incident {id}.", "The list has all that are kept."));
        return new PageResult<IncidentPage>(
            new Dictionary<string, object?>
            {
                ["Incident"] = incident,
                ["Policy"] = incidents.Policy,
                ["People"] = CatalogView.Of(manifests.For(house.State)).People.Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(),
                ["Charts"] = Charts(incident, reader),
                ["Problems"] = problems,
                ["Typed"] = typed,
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>What raises it, what it has to do with others.</summary>
    public async Task<IResult> PartsAsync(HttpContext http, string id, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed)
    {
        var now = clock.Now();
        if (await incidents.FindAsync(id, now, http.RequestAborted) is not { } incident) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no incident {id}.", "The list has all that are kept."));
        var book = house.State.Get<IncidentBook>();
        return new PageResult<IncidentPartsPage>(
            new Dictionary<string, object?>
            {
                ["Incident"] = incident,
                ["Related"] = incident.Related.Select(id => book.All.GetValueOrDefault(id) is { } i ? (i.Id, $"{i.Name}: {i.Title}") : book.Old.GetValueOrDefault(id) is { } old ? (old.Id, $"{old.Name}: {old.Title}") : default)
                    .Where(r => r != default).ToArray(),
                ["Problems"] = problems,
                ["Typed"] = typed,
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public IResult Declaration(DeclareRequest asked, IReadOnlyList<Problem> problems) => new PageResult<DeclarePage>(
        new Dictionary<string, object?>
        {
            ["Asked"] = asked,
            ["Policy"] = incidents.Policy,
            ["Services"] = CatalogView.Of(manifests.For(house.State)).Services.Select(s => s.Service.Name).ToArray(),
            ["Problems"] = problems,
        },
        problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);

    /// <summary>The failed share by minute of what burned most, with the changes on it.</summary>
    private List<TimeChart> Charts(IncidentView incident, Reader reader)
    {
        var drawn = new List<TimeChart>();
        foreach (var impact in incident.Impact.Take(2))
        {
            var until = Instant.Min(reader.Now, (incident.Clocks.Resolved ?? reader.Now) + Before);
            var from = Instant.Max(impact.From - Before, until - Longest);
            if (objectives.Minutes(impact.Objective, from, until) is not { } minutes) continue;
            drawn.Add(FailedMinutesChart.Draw(minutes, impact.Objective, incident.Services, house.State.Get<ChangeBook>(), from, until, reader.Zone, height: 110));
        }

        return drawn;
    }
}
