using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;
using Spectre.Console;

namespace Nines.Host;

/// <summary>Runs the server until it is asked to stop.</summary>
internal sealed class ServeCommand : CliCommand
{
    private readonly Option<Uri?> _listen = CliOption.Address("--listen", "Address to listen on", "http://127.0.0.1:7070");
    private readonly Option<Uri?> _grpc = CliOption.Address("--otlp-grpc", "Address for OTLP over gRPC, such as http://127.0.0.1:4317");
    private readonly Option<string> _data = new("--data") { Description = "Folder of the embedded store", DefaultValueFactory = _ => "nines-data" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "PostgreSQL connection instead of the embedded store" };
    private readonly Option<string?> _manifests = new("--manifests") { Description = "Folder of manifests to watch" };
    private readonly Option<bool> _open = new("--open") { Description = "No sign-in; loopback addresses only" };
    private readonly Option<string[]> _set = new("--set") { Description = "A setting, such as objectives:evaluateEvery=10s" };

    public override string Path => "serve";

    public override string Summary => "Runs the server.";

    public override string Example => "nines serve --data nines-data --manifests ./manifests";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _listen, _grpc, _data, _postgres, _manifests, _open, _set }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var settings = Settings(parse.GetValue(_set) ?? []);
        var options = new HostOptions
        {
            Listen = parse.GetValue(_listen)!,
            OtlpGrpc = parse.GetValue(_grpc),
            Data = parse.GetValue(_data)!,
            Manifests = parse.GetValue(_manifests),
            Settings = settings.Ok ? settings.Value : new Dictionary<string, string?>(),
        };
        IReadOnlyList<Problem> problems = [.. options.Check(), .. settings.Problems];
        if (problems.Count > 0) return run.Fail(problems);
        if (!parse.GetValue(_open))
            run.Messages.MarkupLine("[yellow]note[/] Sign-in does not exist yet: whoever reaches this loopback address may do everything (as with --open).");

        var store = await Store.OpenAsync(new(options.Data, parse.GetValue(_postgres)), run.Stop);
        await using var host = NinesHost.Build(options, run.Clock, store);
        if (host.CheckSettings() is { Count: > 0 } wrong) return run.Fail(wrong);
        try
        {
            await host.StartAsync(run.Stop);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return run.Fail([Problem.Conflict($"Another program listens where Nines shall: {taken.Message}", "End it, or choose another address with --listen (port 0 takes a free one).", "--listen")]);
        }

        run.Messages.MarkupLineInterpolated($"Nines is ready at [bold]{host.Address}[/]");
        await host.WaitForShutdownAsync(run.Stop);
        return ExitCode.Done;
    }

    private static Outcome<Dictionary<string, string?>> Settings(string[] pairs)
    {
        var problems = new List<Problem>();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var parts in pairs.Select(p => p.Split('=', 2)))
        {
            if (!parts[0].Contains(':', StringComparison.Ordinal)) problems.Add(Problem.Invalid($"\"{parts[0]}\" is no setting.", "Write section:key=value, such as objectives:evaluateEvery=10s.", "--set"));
            else if (!settings.TryAdd(parts[0], parts.Length > 1 ? parts[1] : "true")) problems.Add(Problem.Invalid($"\"{parts[0]}\" is set twice.", "Keep one.", "--set"));
        }

        return problems.Count > 0 ? Outcome<Dictionary<string, string?>>.Failed(problems) : settings;
    }
}
