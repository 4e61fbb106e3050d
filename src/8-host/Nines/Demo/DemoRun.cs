using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;
using NodaTime;
using Spectre.Console;

namespace Nines.Host.Demo;

/// <summary>
/// One run of the demo: shop, customers, pager and Nines started in this order, everything asked of Nines through its
/// public doors, and a summary at the end.
/// </summary>
internal sealed class DemoRun(DemoPlan plan, CommandRun run)
{
    private const double CustomersPerSecond = 50;
    private static readonly Duration Glance = Duration.FromSeconds(1);

    private readonly TimeProvider _clock = run.Clock;

    /// <summary>Runs until its time is over or it is stopped.</summary>
    public async Task<Outcome<DemoSummary>> RunAsync(CancellationToken stop)
    {
        using var folder = DemoFolder.Open(plan.Data);
        var ports = await folder.ReadPortsAsync(stop);
        await using var shop = new DemoShop(ports, _clock);
        await shop.StartAsync(stop);
        var receiver = new PageReceiver(folder.PagesFile, System.Text.Encoding.UTF8.GetBytes(await folder.SecretAsync(stop)), _clock);
        await receiver.LoadAsync(stop);

        await using var nines = NinesHost.Build(HostOptionsOf(folder), _clock, await Store.OpenAsync(new(folder.Data, null), stop));
        await nines.StartAsync(stop);
        using var http = LoopbackHttp.Open(TimeSpan.FromSeconds(30), nines.Address);
        var watch = new ObjectiveWatch(http, DemoManifests.Objectives, _clock);
        await using var load = new OpenLoopLoad(shop["storefront"].Address, CustomersPerSecond, seed: 1, _clock);
        await using var site = new ControlSite(
            LoopbackHttp.FreeOr0(ports.GetValueOrDefault("control")), shop, receiver, () => View(nines.Address, shop, load, watch, receiver), (_, fault) => Broken(watch, fault));
        await site.StartAsync(stop);
        await folder.KeepPortsAsync(Ports(shop, site), stop);
        var refused = await ApplyAsync(http, DemoManifests.Write(shop, new Uri(site.Address, "/webhook"), folder.SecretFile), stop);
        if (refused.Count > 0) return Outcome<DemoSummary>.Failed(refused);
        load.Start();
        Say(nines.Address, site.Address);
        var began = _clock.Now();
        await WatchAsync(watch, shop, began, stop);
        await watch.LookAsync(CancellationToken.None);
        return new DemoSummary(
            DemoShop.Names.Count, DemoManifests.Objectives.Count, await watch.SamplesAsync(CancellationToken.None), watch.FaultAt, watch.FirstAlertAt,
            watch.FaultAt is { } fault ? receiver.FirstSince(fault) : null, watch.ResolvedAt, watch.Budgets, nines.Address);
    }

    private HostOptions HostOptionsOf(DemoFolder folder)
    {
        // Chosen here, so that links in pages lead back.
        var address = $"http://127.0.0.1:{(plan.Port == 0 ? LoopbackHttp.Free() : plan.Port)}";
        return new()
        {
            Listen = new(address),
            // A shop on loopback for whoever sits here: nobody is asked who they are.
            Open = true,
            Data = folder.Data,
            Log = false,
            // How often is a setting of the house; targets and policy are the shipped ones.
            Settings = new Dictionary<string, string?> { ["notifications:publicUrl"] = address, ["notifications:owner"] = "ada" },
        };
    }

    private async Task WatchAsync(ObjectiveWatch watch, DemoShop shop, Instant began, CancellationToken stop)
    {
        try
        {
            var broken = plan.Fault == Fault.None;
            while (plan.For is not { } length || _clock.Now() - began < length)
            {
                if (!broken && _clock.Now() - began >= plan.FaultAfter)
                {
                    broken = true;
                    shop[DemoShop.Breakable].Fault.Fault = plan.Fault;
                    Broken(watch, plan.Fault);
                    run.Messages.MarkupLineInterpolated($"[yellow]broken[/] {DemoShop.Breakable}: {plan.Fault.ToString().ToLowerInvariant()}");
                }

                await watch.LookAsync(stop);
                await Task.Delay(Glance.ToTimeSpan(), _clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C ends the demo; its summary is still told.
        }
    }

    private void Broken(ObjectiveWatch watch, Fault fault)
    {
        if (fault != Fault.None) watch.FaultAt ??= _clock.Now();
    }

    private static async Task<IReadOnlyList<Problem>> ApplyAsync(HttpClient http, string manifests, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/manifests")
        {
            Content = new StringContent(manifests, System.Text.Encoding.UTF8, "application/yaml"),
        };
        var answer = await new ApiClient(http).SendAsync<string>(request, stop);
        return answer.Ok ? [] : answer.Problems;
    }

    private static Dictionary<string, int> Ports(DemoShop shop, ControlSite site)
    {
        var ports = shop.Services.ToDictionary(s => s.Name, s => s.Address.Port);
        ports["control"] = site.Address.Port;
        return ports;
    }

    private static ControlView View(Uri nines, DemoShop shop, OpenLoopLoad load, ObjectiveWatch watch, PageReceiver receiver) => new(
        nines,
        [.. shop.Services.Select(s => new ServiceView(s.Name, s.Address, s.Fault.Fault, s.Metrics.Sums()))],
        load.Figures, watch.FaultAt, [.. receiver.Pages.Reverse()]);

    private void Say(Uri nines, Uri site)
    {
        run.Messages.MarkupLineInterpolated($"Nines watches the shop at  [bold]{nines}[/]");
        run.Messages.MarkupLineInterpolated($"Break and mend the shop at [bold]{site}[/]");
        run.Messages.WriteLine(plan.For is { } length ? $"It ends by itself in {FieldDuration.Format(length)}." : "Ctrl-C ends it.");
    }
}
