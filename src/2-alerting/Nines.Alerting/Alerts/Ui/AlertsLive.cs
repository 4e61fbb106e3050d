using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>What fires, drawn anew when it changes.</summary>
internal sealed class AlertsLive(IHouse house, TimeProvider clock) : ILiveSource
{
    public string Topic => "alerts";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        var now = clock.Now();
        var model = AlertsPageModel.For(house.State, new(), now);
        return [new("alerts-now", await drawing.DrawAsync<AlertsNow>(Reader.Anyone(now), new Dictionary<string, object?> { ["Model"] = model }))];
    }
}

/// <summary>Tells looking browsers as soon as an alert moved.</summary>
internal sealed class AlertsNews(IHouse house, LiveHub hub) : IRoomLife
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        var last = house.State.Get<AlertBook>();
        _watch = house.Watch((state, _) =>
        {
            var book = state.Get<AlertBook>();
            if (ReferenceEquals(book, last)) return;
            last = book;
            foreach (var topic in (ReadOnlySpan<string>)["alerts", "overview", "service", "objective"]) hub.Changed(topic);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Firing alerts in the palette.</summary>
internal sealed class AlertPalette : IPaletteSource
{
    private const int Most = 50;

    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        state.Get<AlertBook>().All.Values.Where(a => a.Firing).Take(Most)
            .Select(a => new PaletteEntry(a.Title, "/alerts/" + a.Id, "bell", a.Severity.Word(), Also: a.Service, First: true));
}
