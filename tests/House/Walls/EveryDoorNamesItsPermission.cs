using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Nines.Host;
using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;

namespace Nines.Tests.House.Walls;

/// <summary>Every route and command names the permission that it needs, from the first day.</summary>
internal static partial class EveryDoorNamesItsPermission
{
    /// <summary>Routes that need nothing: health, readiness and what the browser gets.</summary>
    private static readonly string[] Open = ["/-/", "/assets/", "/look/", "/favicon"];

    public static IEnumerable<Violation> InRoutes(IEnumerable<RouteDeclaration> routes) =>
        from route in routes
        let wrong = Wrong(route.Permission, Array.Exists(Open, o => route.Pattern.StartsWith(o, StringComparison.Ordinal)))
        where wrong is not null
        select new Violation($"{route.Method} {route.Pattern}", wrong, "Declare it with Permission.Read, Write or Send of its room.");

    public static IEnumerable<Violation> InCommands(IEnumerable<CliCommand> commands) =>
        from command in commands
        let wrong = Wrong(command.Permission, mayNeedNothing: true)
        where wrong is not null
        select new Violation($"nines {command.Path}", wrong, "Name what it needs at the server; Permission.Nothing for a command that asks none.");

    /// <summary>What the running server answers to, however it came to be mapped.</summary>
    public static IEnumerable<Violation> InEndpoints(IEnumerable<RouteEndpoint> endpoints) =>
        from endpoint in endpoints
        where endpoint.Metadata.GetMetadata<Permission>() is null
        select new Violation(endpoint.RoutePattern.RawText ?? "", "The server answers here without a permission.", "Declare it with Permission.Read, Write or Send of its room.");

    /// <summary>A route mapped past the registration has no permission that anybody sees.</summary>
    public static IEnumerable<Violation> InSources(IEnumerable<SourceFile> sources) =>
        from file in sources
        from Match mapped in Mapping().Matches(file.Code)
        let statement = file.Code[mapped.Index..(file.Code.IndexOf(';', mapped.Index) is >= 0 and var end ? end : file.Code.Length)]
        where !statement.Contains("Permission", StringComparison.Ordinal)
        select new Violation($"{file.Path}:{file.LineAt(mapped.Index)}", $"A route is mapped with {mapped.Value.Trim('.', '(')} and no permission.", "Declare it in the room's module: room.Get(pattern, permission, handler).");

    private static string? Wrong(Permission? permission, bool mayNeedNothing)
    {
        if (permission is null || string.IsNullOrWhiteSpace(permission.Name)) return "It names no permission.";
        if (permission == Permission.Nothing) return mayNeedNothing ? null : "It needs no permission, but is neither health nor an asset.";
        if (permission.IsOwnProof && permission.Proof.Length < 10) return "It says nothing of the proof that it asks for.";
        return Form().IsMatch(permission.Name) ? null : $"\"{permission.Name}\" is not room:right.";
    }

    [GeneratedRegex(@"\.Map(Get|Post|Put|Delete|Patch|Methods|Fallback|RazorComponents)\s*[(<]")]
    private static partial Regex Mapping();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*:(read|write|send|own-proof)$")]
    private static partial Regex Form();
}

public class EveryDoorNamesItsPermissionTests
{
    private static RouteDeclaration Route(string pattern, Permission permission) => new("planted", "GET", pattern, permission, () => "", null);

    private sealed class PlantedCommand : CliCommand
    {
        public override string Path => "planted";

        public override string Summary => "";

        public override string Example => "";

        public override Permission Permission => null!;

        public override Task<int> RunAsync(System.CommandLine.ParseResult parse, CommandRun run) => Task.FromResult(0);
    }

    [Fact]
    public void Routes_OfEveryRoom_NameTheirPermission() => Hold.Holds(EveryDoorNamesItsPermission.InRoutes(Product.Registrations.SelectMany(r => r.Routes)));

    [Fact]
    public void Commands_OfTheProduct_NameTheirPermission() =>
        Hold.Holds(EveryDoorNamesItsPermission.InCommands(Product.Commands.Concat(Product.Registrations.SelectMany(r => r.Commands))));

    [Fact]
    public void Sources_OfTheProduct_MapNoRoutePastTheRegistration() => Hold.Holds(EveryDoorNamesItsPermission.InSources(Repository.Sources));

    [Fact]
    public async Task Endpoints_OfTheRunningServer_CarryTheirPermission()
    {
        await using var host = NinesHost.Build(new() { Listen = new("http://127.0.0.1:0"), Log = false }, TimeProvider.System, Store.InMemory());
        await host.StartAsync();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        Assert.NotEmpty(endpoints);
        Hold.Holds(EveryDoorNamesItsPermission.InEndpoints(endpoints));
    }

    [Fact]
    public void InEndpoints_PlantedEndpointWithoutPermission_IsFound() => Hold.Finds(
        "/planted: The server answers here without a permission. Declare it with Permission.Read, Write or Send of its room.",
        EveryDoorNamesItsPermission.InEndpoints([
            new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/planted"), 0, EndpointMetadataCollection.Empty, null),
            new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/told"), 0, new(Permission.Read("planted")), null)]));

    [Fact]
    public void InRoutes_PlantedRouteWithoutPermission_IsFound() => Hold.Finds(
        "GET /planted: It names no permission. Declare it with Permission.Read, Write or Send of its room.",
        EveryDoorNamesItsPermission.InRoutes([Route("/planted", null!)]));

    [Fact]
    public void InRoutes_PlantedOpenRoute_IsFound() => Hold.Finds(
        "GET /planted: It needs no permission, but is neither health nor an asset. Declare it with Permission.Read, Write or Send of its room.",
        EveryDoorNamesItsPermission.InRoutes([Route("/-/healthy", Permission.Nothing), Route("/planted", Permission.Nothing)]));

    [Fact]
    public void InRoutes_PlantedProofWithoutWords_IsFound() => Hold.Finds(
        "GET /planted: It says nothing of the proof that it asks for. Declare it with Permission.Read, Write or Send of its room.",
        EveryDoorNamesItsPermission.InRoutes([Route("/feed", Permission.OwnProof("planted", "the secret in the address")), Route("/planted", Permission.OwnProof("planted", ""))]));

    [Fact]
    public void InCommands_PlantedCommandWithoutPermission_IsFound() => Hold.Finds(
        "nines planted: It names no permission. Name what it needs at the server; Permission.Nothing for a command that asks none.",
        EveryDoorNamesItsPermission.InCommands([new PlantedCommand()]));

    [Fact]
    public void InSources_PlantedMapping_IsFound() => Hold.Finds(
        "src/1-x/A.cs:1: A route is mapped with MapGet and no permission. Declare it in the room's module: room.Get(pattern, permission, handler).",
        EveryDoorNamesItsPermission.InSources([new("src/1-x/A.cs", "app.MapGet(\"/a\", () => 1);\napp.MapGet(\"/b\", () => 2).WithMetadata(Permission.Nothing);")]));
}
