using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Responding.Incidents.Ui;

/// <summary>An incident's room, drawn anew while people look.</summary>
internal sealed class IncidentLive(IncidentReading incidents, TimeProvider clock) : ILiveSource
{
    public string Topic => "incident";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        var reader = Reader.Anyone(clock.Now());
        if (incidents.Find(name, reader.Now) is not { } incident) return [];
        return
        [
            new("incident-now", await drawing.DrawAsync<IncidentNow>(reader, new Dictionary<string, object?> { ["Incident"] = incident, ["Policy"] = incidents.Policy })),
            new("incident-timeline", await drawing.DrawAsync<IncidentTimeline>(reader, new Dictionary<string, object?> { ["Incident"] = incident })),
        ];
    }
}

/// <summary>Tells looking browsers as soon as something happened to an incident.</summary>
internal sealed class IncidentNews(IHouse house, LiveHub hub) : IRoomLife
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        var last = house.State.Get<IncidentBook>();
        _watch = house.Watch((state, _) =>
        {
            var book = state.Get<IncidentBook>();
            if (ReferenceEquals(book, last)) return;
            last = book;
            foreach (var topic in (ReadOnlySpan<string>)["incident", "overview", "service"]) hub.Changed(topic);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Open incidents in the palette, and the way to declare one.</summary>
internal sealed class IncidentPalette : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        state.Get<IncidentBook>().Open.Select(i => new PaletteEntry($"{i.Name} {i.Title}", "/incidents/" + i.Id, "fire", i.Severity.Word(), Also: string.Join(' ', i.Services), First: true))
            .Append(new("Declare an incident", "/incidents/new", "fire", "respond", Does: true, Also: "start incident"));
}
