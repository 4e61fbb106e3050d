using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.Updates.Ui;

/// <summary>The room's pages: what was said about an incident with the next draft, and who wants to be told.</summary>
internal static class UpdatePages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("incidents"), Permission.Write("incidents"));
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Updates", "/updates", "send", Order: 30));
        room.Services.AddSingleton(new IncidentTile(typeof(UpdatesOfIncident), 5));
        room.Services.AddSingleton<UpdateScreen>();
        room.Get("/incidents/{id}/updates", read, (HttpContext http, string id, string? template, UpdateScreen screen) => screen.Write(http, id, template ?? "", null, []));
        room.Post("/incidents/{id}/updates", write, async (HttpContext http, string id, UpdateScreen screen, UpdateDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var asked = new PostRequest(form["audience"].ToString(), form["subject"].ToString(), form["text"].ToString(), form["next"].ToString());
            var posted = await desk.PostAsync(http.Caller(), id, asked, "", stop);
            return posted.Ok ? Results.Redirect($"/incidents/{posted.Value}/updates") : screen.Write(http, id, "", asked, posted.Problems);
        });
        room.Get("/updates", read, (HttpContext http, UpdateScreen screen) => screen.Subscriptions(http, new(), []));
        room.Post("/updates", write, async (HttpContext http, UpdateScreen screen, UpdateDesk desk, CancellationToken stop) =>
        {
            var form = await http.Request.ReadFormAsync(stop);
            var asked = new SubscribeRequest(form["person"].ToString(), form["audience"].ToString(), [.. form["services"].OfType<string>()], form["least"].ToString());
            return await desk.SubscribeAsync(http.Caller(), asked, stop) is { Ok: false } wrong ? screen.Subscriptions(http, asked, wrong.Problems) : Results.Redirect("/updates");
        });
        room.Post("/updates/{id}/end", write, async (HttpContext http, string id, UpdateDesk desk, CancellationToken stop) =>
            await desk.UnsubscribeAsync(http.Caller(), id, stop) is { Ok: false } wrong ? ProblemAnswers.Refuse(http, wrong.Problems[0]) : Results.Redirect("/updates"));
    }
}

/// <summary>Puts updates on the screen.</summary>
internal sealed class UpdateScreen(IHouse house, CompiledManifests manifests, UpdateReading updates, IncidentReading incidents, TimeProvider clock)
{
    public IResult Write(HttpContext http, string id, string template, PostRequest? asked, IReadOnlyList<Problem> problems)
    {
        var now = clock.Now();
        if (updates.Find(id, now) is not { } found || incidents.Find(id, now) is not { } incident) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no incident {id}.", "The list has all that are kept."));
        // The house hears first; customers are told by the status page, which takes the same draft.
        var draft = (template.Length > 0 ? updates.Draft(id, template, now) : null) ?? (found.Drafts.Count > 0 ? found.Drafts[0] : null);
        return new PageResult<UpdatesPage>(
            new Dictionary<string, object?> { ["Incident"] = incident, ["Updates"] = found, ["Draft"] = draft, ["Templates"] = updates.Templates, ["Asked"] = asked, ["Problems"] = problems },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public IResult Subscriptions(HttpContext http, SubscribeRequest asked, IReadOnlyList<Problem> problems)
    {
        var catalog = CatalogView.Of(manifests.For(house.State));
        return new PageResult<SubscriptionsPage>(
            new Dictionary<string, object?>
            {
                ["All"] = updates.Subscriptions(),
                ["Asked"] = asked,
                ["People"] = catalog.People.Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(),
                ["Services"] = catalog.Services.Select(s => s.Service.Name).ToArray(),
                ["Problems"] = problems,
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
