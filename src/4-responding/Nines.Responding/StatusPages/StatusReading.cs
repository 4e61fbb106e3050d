using Nines.Kernel;

namespace Nines.Responding.StatusPages;

/// <summary>Pages as people of the house see them.</summary>
public sealed class StatusReading(IHouse house, StatusPress press)
{
    /// <summary>A page; null for none of that name.</summary>
    public async Task<StatusPageView?> FindAsync(string name, CancellationToken stop) =>
        await press.SiteAsync(name, stop) is { } site ? StatusPageView.Of(site.View, house.State.Get<StatusBook>().Of(name)) : null;

    /// <summary>Every page, by name.</summary>
    public async Task<IReadOnlyList<StatusPageView>> AllAsync(CancellationToken stop)
    {
        var all = new List<StatusPageView>();
        foreach (var page in press.Pages)
            if (await FindAsync(page.Name, stop) is { } view) all.Add(view);
        return all;
    }
}
