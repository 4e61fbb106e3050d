using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nines.Kernel;

namespace Nines.Host.Demo;

/// <summary>
/// The demo's own small site: buttons that break and mend the shop, the load's figures, and the pages that came.
/// It is not part of Nines; Nines calls it as it would call anybody's webhook.
/// </summary>
internal sealed class ControlSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DemoShop _shop;
    private readonly PageReceiver _receiver;
    private readonly Func<ControlView> _view;
    private readonly Action<string, Fault> _turned;

    /// <param name="port">Its socket; 0 takes a free one.</param>
    /// <param name="shop">What the buttons turn.</param>
    /// <param name="receiver">What the webhook fills.</param>
    /// <param name="view">What the page shows besides.</param>
    /// <param name="turned">Told of each turn of a switch.</param>
    public ControlSite(int port, DemoShop shop, PageReceiver receiver, Func<ControlView> view, Action<string, Fault> turned)
    {
        (_shop, _receiver, _view, _turned) = (shop, receiver, view, turned);
        _app = LoopbackHttp.Serve(port);
        _app.Run(AnswerAsync);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Task StartAsync(CancellationToken stop) => _app.StartAsync(stop);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var stop = context.RequestAborted;
        switch (request.Method, request.Path.Value)
        {
            case ("POST", "/webhook"):
                context.Response.StatusCode = await _receiver.ReceiveAsync(request, stop);
                return;
            case ("POST", "/fault"):
                await TurnAsync(context, stop);
                return;
            case ("GET", "/"):
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(ControlPage.Render(_view()), stop);
                return;
            case ("GET", "/live"):
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(ControlPage.Live(_view()), stop);
                return;
            case ("GET", "/state"):
                await context.Response.WriteAsJsonAsync(_view(), HouseJson.Options, stop);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }
    }

    private async Task TurnAsync(HttpContext context, CancellationToken stop)
    {
        if (!FromThisSite(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("Only the demo's own page may break the shop.\n", stop);
            return;
        }

        var form = await context.Request.ReadFormAsync(stop);
        var service = form["service"].ToString();
        if (!_shop.Has(service) || !Enum.TryParse<Fault>(form["fault"].ToString(), ignoreCase: true, out var fault) || !Enum.IsDefined(fault))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"Write service={string.Join('|', DemoShop.Names)} and fault=none|errors|latency|outage.\n", stop);
            return;
        }

        _shop[service].Fault.Fault = fault;
        _turned(service, fault);
        context.Response.Redirect("/");
    }

    /// <summary>Browsers say where a form comes from; a terminal says nothing and is at this machine anyway.</summary>
    private static bool FromThisSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" && request.Host.Host is "127.0.0.1" or "localhost";
}
