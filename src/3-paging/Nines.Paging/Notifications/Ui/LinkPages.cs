using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;
using Nines.Paging.Notifications.Api;

namespace Nines.Paging.Notifications.Ui;

/// <summary>
/// Where the link of a message leads: one screen with one button. Fetching it changes nothing, so that a mail scanner that
/// follows every link acknowledges nothing; the button posts a form.
/// </summary>
internal static class LinkPages
{
    public static void Register(Registration room)
    {
        var proof = Permission.OwnProof("notifications", "the signature in the link");
        room.Get(AcknowledgeLinks.Route, proof, ShowAsync);
        room.Post(AcknowledgeLinks.Route, proof, AcknowledgeAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, PageReading pages, IHouse house, CompiledManifests manifests, AcknowledgeLinks links, TimeProvider clock, CancellationToken stop)
    {
        var link = links.Check(token, clock.Now());
        if (!link.Ok) return ProblemAnswers.Refuse(http, link.Problems);
        return await ScreenAsync(http, link.Value, token, [], pages, house, manifests, stop);
    }

    private static async Task<IResult> AcknowledgeAsync(
        HttpContext http, string token, PageDesk desk, PageReading pages, IHouse house, CompiledManifests manifests, AcknowledgeLinks links, TimeProvider clock, CancellationToken stop)
    {
        var link = links.Check(token, clock.Now());
        if (!link.Ok) return ProblemAnswers.Refuse(http, link.Problems);
        var done = await desk.AcknowledgeAsync(Actor.Person(link.Value.Person), link.Value.Page, link.Value.Person, "link", stop);
        // Asked again with GET, so that going back does not send it twice.
        return done.Ok ? Results.Redirect($"/a/{token}") : await ScreenAsync(http, link.Value, token, done.Problems, pages, house, manifests, stop);
    }

    private static async Task<IResult> ScreenAsync(
        HttpContext http, (string Page, string Person) link, string token, IReadOnlyList<Problem> problems, PageReading pages, IHouse house, CompiledManifests manifests, CancellationToken stop)
    {
        if (await pages.FindAsync(link.Page, stop) is not { } page) return ProblemAnswers.Refuse(http, Problem.NotFound("There is no such page any more.", "The list of pages has all that are kept."));
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        var state = house.State;
        return new PageResult<LinkPage>(new Dictionary<string, object?>
        {
            ["Page"] = page,
            ["Alerts"] = PageScreen.AlertsOf(page, state),
            ["Token"] = token,
            ["Person"] = CatalogView.Of(manifests.For(state)).PersonById(link.Person)?.Name ?? "",
            ["Problems"] = problems,
        });
    }
}
