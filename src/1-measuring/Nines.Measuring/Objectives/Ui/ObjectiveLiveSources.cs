using Microsoft.AspNetCore.Components;
using Nines.Kernel;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>While somebody looks at pages of this room, says every few seconds that they may have changed.</summary>
internal sealed class LookingDuty(LiveHub hub) : Duty
{
    private static readonly Duration Pace = Duration.FromSeconds(5);
    private Instant _last = Instant.MinValue;

    public override string Name => "objectives.looking";

    public override bool EveryNode => true;

    public override Instant? NextDue(HouseState state) => hub.Listeners == 0 ? null : _last == Instant.MinValue ? Instant.MinValue : _last + Pace;

    public override Task RunAsync(Instant now, CancellationToken stop)
    {
        _last = now;
        foreach (var topic in (ReadOnlySpan<string>)["overview", "service", "objective"]) hub.Changed(topic);
        return Task.CompletedTask;
    }
}

/// <summary>The overview's changing parts.</summary>
internal sealed class OverviewLive(ObjectiveViews views, TimeProvider clock) : ILiveSource
{
    public string Topic => "overview";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        var reader = Reader.Anyone(clock.Now());
        var model = OverviewModel.For(views.Services(), new(), 1);
        return
        [
            await Of<OverviewNow>("overview-now", ("Model", model)),
            await Of<OverviewTable>("overview-table", ("Model", model)),
            await Of<LastDay>("overview-day", ("Lanes", model.Lanes(reader.Now.ToUnixTimeMilliseconds()))),
            await Of<BurningNow>("overview-burning", ("Services", model.Services)),
        ];

        async Task<Fragment> Of<T>(string id, (string Name, object Value) parameter) where T : IComponent =>
            new(id, await drawing.DrawAsync<T>(reader, new Dictionary<string, object?> { [parameter.Name] = parameter.Value }));
    }
}

/// <summary>A service's changing parts.</summary>
internal sealed class ServiceLive(ObjectiveViews views, TimeProvider clock) : ILiveSource
{
    public string Topic => "service";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        if (views.Service(name) is not { } service) return [];
        var reader = Reader.Anyone(clock.Now());
        return
        [
            new("service-now", await drawing.DrawAsync<ServiceNow>(reader, new Dictionary<string, object?> { ["Service"] = service, ["About"] = views.Entry(name)?.Description ?? "" })),
            new("service-objectives", await drawing.DrawAsync<ServiceObjectives>(reader, new Dictionary<string, object?> { ["Service"] = service })),
            new("service-burning", await drawing.DrawAsync<BurningNow>(reader, new Dictionary<string, object?> { ["Services"] = new[] { service } })),
        ];
    }
}

/// <summary>An objective's changing parts.</summary>
internal sealed class ObjectiveLive(ObjectiveViews views, TimeProvider clock) : ILiveSource
{
    public string Topic => "objective";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        if (views.Objective(name) is not { } objective) return [];
        var reader = Reader.Anyone(clock.Now());
        var parameters = new Dictionary<string, object?> { ["Objective"] = objective };
        return
        [
            new("objective-now", await drawing.DrawAsync<ObjectiveNow>(reader, parameters)),
            new("objective-burn", await drawing.DrawAsync<BurnByWindow>(reader, parameters)),
            new("objective-why", await drawing.DrawAsync<Arithmetic>(reader, parameters)),
            new("objective-gone", await drawing.DrawAsync<WhenGone>(reader, parameters)),
        ];
    }
}
