using System.Runtime.InteropServices;
using System.Text;
using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Scrape;

/// <summary>The labels that a target's series get from its manifest, and who wins where the page writes the same.</summary>
/// <param name="Own">Among them <c>job</c> and <c>instance</c>.</param>
/// <param name="HonorPage">True: the page's label stays. False (the default, as in Prometheus): it is renamed to <c>exported_…</c>.</param>
internal sealed record TargetLabels(IReadOnlyList<Label> Own, bool HonorPage = false)
{
    private readonly string[] _names = [.. Own.Select(own => own.Name)];

    /// <summary>The labels of a series; null where one stands twice.</summary>
    public Labels? Join(List<Label> page)
    {
        for (var i = 0; i < Own.Count; i++)
        {
            var own = Own[i];
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

    /// <summary>True for a name on which these labels, or the renaming of the page's, may have a say.</summary>
    public bool Touches(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("exported_"u8) || name.StartsWith("__"u8) || char.IsAsciiDigit((char)name[0])) return true;
        foreach (var own in _names)
            if (own.Length == name.Length && Ascii.Equals(name, own))
                return true;
        return false;
    }

    private static int IndexOf(List<Label> page, string name)
    {
        for (var i = 0; i < page.Count; i++)
            if (page[i].Name == name)
                return i;
        return -1;
    }
}
