using Nines.Shell.Components;

namespace Nines.Shell.Pages;

/// <summary>
/// Something that is so important while it is so that every page says it, above everything else: a room fills this slot.
/// Asked for each page, so it must be quick.
/// </summary>
public interface IPageBand
{
    /// <summary>What to say now; null for nothing.</summary>
    PageBand? Now();
}

/// <summary>One band.</summary>
/// <param name="Words">What is so.</param>
/// <param name="Link">What the link says.</param>
/// <param name="Address">Where it leads.</param>
public sealed record PageBand(IReadOnlyList<Phrase> Words, string Link, string Address);
