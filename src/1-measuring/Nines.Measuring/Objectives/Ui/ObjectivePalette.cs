using Nines.Kernel;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>Services and objectives in the palette, and what one asks about them.</summary>
internal sealed class ObjectivePalette(ObjectiveViews views) : IPaletteSource
{
    // Before anything is typed, the services that are worst off are offered.
    private const int Worst = 5;

    public IEnumerable<PaletteEntry> Entries(HouseState state)
    {
        var count = 0;
        foreach (var service in views.Services())
        {
            yield return new(service.Title, service.Address, "list", $"service, {service.State.Word.ToLowerInvariant()}", Also: service.Name, First: count++ < Worst);
            yield return new($"Check error budget for {service.Title}", service.Address, "find", Figures.Percent(service.Worst?.Left), Does: true, Also: service.Name);
            foreach (var o in service.Objectives)
                yield return new(o.Title, o.Address, o.State.Icon, Figures.Percent(o.Left), Also: $"{o.Name} {service.Title}");
        }
    }
}
