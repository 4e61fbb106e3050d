using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
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
        room.Options<ShellOptions, ShellOptionsValidator>();
        room.Services.AddSingleton(services => new HostNames(Hosts(room.Settings), services.GetServices<IFurtherHosts>()));
        room.Services.AddSingleton(TrustedProxies.Of(room.Settings));
        room.Services.AddSingleton<SignedLinks>();

        room.Services.AddSingleton<IStartupFilter, BeforeRoutes>();

        room.Get("/assets/{name}", Permission.Nothing, AssetDoor.Serve);
        room.Get("/live", LiveDoor.Needed, LiveDoor.Serve);
        room.Get("/find", Permission.Read("shell"), PaletteDoor.Serve);
    }

    // Links in pages and messages lead to the public address: a browser that follows one must be let in.
    private static IEnumerable<string> Hosts(IConfiguration settings)
    {
        var section = settings.GetSection("shell:hosts");
        foreach (var name in section.GetChildren().Select(c => c.Value).Append(section.Value).OfType<string>().SelectMany(v => v.Split(','))) yield return name;
        if (Uri.TryCreate(settings["notifications:publicUrl"], UriKind.Absolute, out var address)) yield return address.Host;
    }
}
