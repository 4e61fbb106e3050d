using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Alerting.Silences;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary><c>/api/v2/alerts</c>: takes alerts, lists those that fire, alone and in their groups.</summary>
internal sealed class AlertsDoor(
    IHouse house, AlertDesk desk, AlertLeases leases, AlertRoutes routes, CompiledManifests manifests, TextPool pool, IOptions<AlertsOptions> options, TimeProvider clock)
{
    private const int BodyLimit = 16 * 1024 * 1024;
    private const string Source = "alertmanager";

    public static Task PostAsync(HttpContext http, AlertsDoor door) => door.TakeAsync(http);

    public static Task ListAsync(HttpContext http, AlertsDoor door) =>
        door.AskedAsync(http, (listed, query) => WireAnswers.PiecesAsync(http, json => new AlertJson().WriteAll(json, listed.Find(query))));

    public static Task GroupsAsync(HttpContext http, AlertsDoor door) =>
        door.AskedAsync(http, (listed, query) => WireAnswers.PiecesAsync(http, json => ListedGroup.WriteAll(json, ListedGroup.Find(listed, door.Routes, query))));

    private RouteTable Routes => routes.For(house.State);

    private async Task TakeAsync(HttpContext http)
    {
        var (posted, refusal) = await ReadAsync(http);
        if (posted is null && refusal is null) return;
        if (refusal is not null)
        {
            await WireAnswers.RefuseAsync(http, refusal);
            return;
        }

        if (posted!.Alerts.Count > 0 && !await KeepAsync(http, posted.Alerts)) return;
        if (posted.Wrong.Count > 0) await WireAnswers.SayAsync(http, 400, string.Join("; ", posted.Wrong.Take(100)));
    }

    /// <summary>Reads the body in a pooled array: bodies of a storm would otherwise each be an object for the slow heap.</summary>
    private async Task<(PostedAlerts? Posted, BodyRefusal? Refusal)> ReadAsync(HttpContext http)
    {
        using var body = await WireAnswers.PooledBodyAsync(http, BodyLimit);
        if (body is null) return (null, null);
        var posted = PostedAlerts.Read(body.Span, pool, clock.Now(), leases.Timeout, out var refusal);
        return (posted, refusal);
    }

    private async Task<bool> KeepAsync(HttpContext http, IReadOnlyList<PostedAlert> posted)
    {
        var catalog = manifests.Catalog(house.State);
        var without = options.Value.Without();
        var received = new ReceivedAlert[posted.Count];
        for (var i = 0; i < received.Length; i++)
        {
            var alert = posted[i];
            received[i] = new(ForeignAlert.Read(alert.Labels, alert.Annotations, alert.StartsAt, Source, alert.GeneratorUrl, catalog, without), alert.EndsAt, alert.TimesOut);
        }

        try
        {
            // Not the request's own token: a sender that hangs up must not end a commit that others share.
            var kept = await desk.TakeAsync(http.Caller(), received, CancellationToken.None);
            if (kept.Ok) return true;
            await WireAnswers.SayAsync(http, 503, string.Join(' ', kept.Problems.Select(p => p.What)));
        }
        catch (StorageException e)
        {
            await WireAnswers.DownAsync(http, e);
        }

        return false;
    }

    private Task AskedAsync(HttpContext http, Func<ListedAlerts, AlertQuery, Task> answer)
    {
        var asked = http.Request.Query;
        var query = AlertQuery.Read(name => asked[name].FirstOrDefault(), name => asked[name].OfType<string>());
        if (!query.Ok) return WireAnswers.SayAsync(http, 400, query.Problems[0].What);
        var state = house.State;
        return answer(new(state.Get<AlertBook>(), state.Get<AlertEnds>(), leases, state.Get<SilenceBook>(), clock.Now()), query.Value);
    }
}
