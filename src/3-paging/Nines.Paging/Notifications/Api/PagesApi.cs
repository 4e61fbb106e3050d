using Microsoft.AspNetCore.Http;
using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Paging.Notifications.Api;

/// <summary>Pages over HTTP.</summary>
internal static class PagesApi
{
    public static IReadOnlyList<Column<PageView>> Columns { get; } =
    [
        new("id", "Id", p => p.Id),
        new("state", "State", p => p.State),
        new("severity", "Severity", p => p.Severity.Word()),
        new("service", "Service", p => p.Service),
        new("title", "Title", p => p.Title),
        new("people", "People", p => string.Join(' ', p.People)),
        new("opened", "Opened", p => p.OpenedAt),
        new("ended", "Ended", p => p.EndedAt),
    ];

    /// <summary>Open pages first, then the last that ended; <c>?q=</c>, <c>?sort=</c>, <c>?format=csv</c>.</summary>
    public static IResult List(HttpRequest request, IHouse house, CompiledManifests manifests) =>
        TableExport.List(request, All(house.State, manifests), Columns, "pages");

    /// <summary>Open pages first, then the last that ended.</summary>
    public static IReadOnlyList<PageView> All(HouseState state, CompiledManifests manifests)
    {
        var catalog = manifests.For(state);
        return [.. state.Get<PageBook>().All.Values.OrderBy(p => p.EndedAt is not null).ThenByDescending(p => p.OpenedAt).Select(p => PageView.Of(p, catalog))];
    }

    /// <summary>One page with each message.</summary>
    public static async Task<IResult> Show(string id, PageReading pages, CancellationToken stop) =>
        await pages.FindAsync(id, stop) is { } page
            ? Results.Json(page, HouseJson.Options)
            : Answers.Refuse(Problem.NotFound($"There is no page {id}.", "List them with \"nines page list\"."));

    /// <summary>Sends a test page; the answer is the page, whose messages are still on their way.</summary>
    public static async Task<IResult> Test(HttpContext http, TestRequest asked, IHouse house, PagingDesk desk, CompiledManifests manifests, CancellationToken stop)
    {
        var sent = await TestAsync(http.Caller(), asked.Person, house, desk, manifests, stop);
        if (!sent.Ok) return Answers.Refuse(sent.Problems);
        var state = house.State;
        return Results.Json(PageView.Of(state.Get<PageBook>().All[sent.Value], manifests.For(state)), HouseJson.Options);
    }

    /// <summary>Sends a test page to a person and answers its id.</summary>
    public static async Task<Outcome<string>> TestAsync(Actor actor, string person, IHouse house, PagingDesk desk, CompiledManifests manifests, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var page = deciding.NewId();
        var events = PageTest.Decide(desk.Context(deciding), person, manifests.For(deciding.State), page);
        if (!events.Ok) return Outcome<string>.Failed(events.Problems);
        events.Value.WriteTo(deciding);
        return page;
    }, stop: stop)).Outcome;

    internal sealed record TestRequest(string Person);
}
