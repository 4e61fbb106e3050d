using Nines.Kernel;
using Nines.Shell.Pages;

namespace Nines.Catalog.Access.Ui;

/// <summary>What the palette offers of access.</summary>
internal sealed class AccessPalette : IPaletteSource
{
    private static readonly PaletteEntry[] All =
    [
        new("Access: people and tokens", "/access", "shield", "your sessions", Also: "account password session security"),
        new("Make a token", "/access#tokens", "shield", "access", Does: true, Also: "api key program prometheus"),
        new("Invite somebody", "/access#people", "user", "access", Does: true, Also: "account password"),
        new("Sign out", "/access#me", "back", "access", Does: true, Also: "log out password"),
    ];

    public IEnumerable<PaletteEntry> Entries(HouseState state) => All;
}
