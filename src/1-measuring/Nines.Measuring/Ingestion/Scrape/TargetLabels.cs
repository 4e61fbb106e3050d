using System.Runtime.InteropServices;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>The labels that a target's series get from its manifest, and who wins where the page writes the same.</summary>
/// <param name="Own">Among them <c>job</c> and <c>instance</c>.</param>
/// <param name="HonorPage">True: the page's label stays. False (the default, as in Prometheus): it is renamed to <c>exported_…</c>.</param>
internal sealed record TargetLabels(IReadOnlyList<Label> Own, bool HonorPage = false)
{
    /// <summary>The labels of a series; null where one stands twice.</summary>
    public Labels? Join(List<Label> page)
    {
        foreach (var own in Own)
        {
            var at = IndexOf(page, own.Name);
            if (at < 0) page.Add(own);
            else if (!HonorPage)
            {
                page.Add(new Label("exported_" + own.Name, page[at].Value));
                page[at] = own;
            }
        }
        return Labels.TryCreate(CollectionsMarshal.AsSpan(page), out var labels) ? labels : null;
    }

    private static int IndexOf(List<Label> page, string name)
    {
        for (var i = 0; i < page.Count; i++)
            if (page[i].Name == name)
                return i;
        return -1;
    }
}
