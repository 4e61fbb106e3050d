namespace Nines.Shell.Pages;

/// <summary>The seven words of the loop, which are the navigation.</summary>
public enum Loop
{
    Measure,
    Alert,
    Page,
    Respond,
    Learn,
    Improve,
    Govern,
}

/// <summary>
/// A page that a room puts into the navigation. A word of the loop without any place is shown greyed: that floor does
/// not exist yet in this version.
/// </summary>
/// <param name="Word">Where in the loop it belongs.</param>
/// <param name="Name">What it is called, such as <c>Overview</c>.</param>
/// <param name="Address">Its address.</param>
/// <param name="Icon">Symbol of the sprite.</param>
/// <param name="Dock">True where a thumb shall reach it on a phone; at most four do.</param>
/// <param name="Order">Lower stands first; the first place of a word is where the word leads.</param>
public sealed record LoopPlace(Loop Word, string Name, string Address, string Icon, bool Dock = false, int Order = 10);
