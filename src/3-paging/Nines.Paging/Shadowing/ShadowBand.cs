using Nines.Kernel;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Shadowing;

/// <summary>Every page says that shadow mode is on: nobody shall rely on a call that never comes.</summary>
internal sealed class ShadowBand(ShadowDesk desk, IHouse house) : IPageBand
{
    public PageBand? Now()
    {
        var modes = desk.Modes(house.State);
        return modes.Count == 0 ? null
            : new([Phrase.Bold("Shadow mode: "), $"Nines calls nobody about {string.Join("; ", modes.Select(m => $"{m.Covers}, {m.Beside} does"))}."], "Compare the two", "/shadow");
    }
}
