using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell.Assets;
using Nines.Shell.Live;
using Nines.Shell.Pages;
using Nines.Shell.Security;

namespace Nines.Shell;

/// <summary>The frame around every room's pages: assets, live news, the palette, and the guard before them all.</summary>
public sealed class ShellModule : Module
{
    /// <inheritdoc />
    public override string Name => "shell";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Services.AddSingleton<Drawing>();
        room.Services.AddSingleton<LiveHub>();
        room.Services.AddSingleton(new BodyBudget());
        // Pages are UTF-8: only what HTML itself needs is escaped, and × or — stay one character.
        room.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        var hosts = room.Settings.GetSection("shell:hosts").GetChildren().Select(c => c.Value).OfType<string>().ToArray();
        room.Services.AddSingleton(new HostNames(hosts));

        room.Services.AddSingleton<IStartupFilter, BeforeRoutes>();

        room.Get("/assets/{name}", Permission.Nothing, AssetDoor.Serve);
        room.Get("/live", Permission.Read("shell"), LiveDoor.Serve);
        room.Get("/find", Permission.Read("shell"), PaletteDoor.Serve);
    }
}
