using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Nines.Catalog.Access;
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
    private readonly Option<bool> _recover = new("--recover") { Description = "Print a set-up link also where accounts exist, for a forgotten password" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "PEM file of the certificate and its chain, for https" };
    private readonly Option<string?> _certificateKey = new("--certificate-key") { Description = "PEM file of its key; both are read again when they change" };
    private readonly Option<Uri?> _public = CliOption.Address("--public-url", "How people reach it, such as https://nines.example.com; links lead there");
    private readonly Option<string[]> _set = new("--set") { Description = "A setting, such as objectives:evaluateEvery=10s" };

    public override string Path => "serve";

    public override string Summary => "Runs the server.";

    public override string Example => "nines serve --data nines-data --manifests ./manifests";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _listen, _grpc, _data, _postgres, _manifests, _open, _recover, _certificate, _certificateKey, _public, _set }) command.Options.Add(option);
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
            Open = parse.GetValue(_open),
            Recover = parse.GetValue(_recover),
            Certificate = parse.GetValue(_certificate),
            CertificateKey = parse.GetValue(_certificateKey),
            PublicUrl = parse.GetValue(_public),
            Settings = settings.Ok ? settings.Value : new Dictionary<string, string?>(),
        };
        IReadOnlyList<Problem> problems = [.. options.Check(), .. settings.Problems, .. CertificateProblems(options, run.Clock)];
        if (problems.Count > 0) return run.Fail(problems);

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
        SayHowToComeIn(host, options, run);
        await host.WaitForShutdownAsync(run.Stop);
        return ExitCode.Done;
    }

    private static IReadOnlyList<Problem> CertificateProblems(HostOptions options, TimeProvider clock)
    {
        if (options.Certificate is not { } file) return [];
        var read = CertificateFile.Open(file, options.CertificateKey ?? file, clock);
        if (read.Ok) read.Value.Dispose();
        return read.Problems;
    }

    private static void SayHowToComeIn(NinesHost host, HostOptions options, CommandRun run)
    {
        if (options.Open)
        {
            run.Messages.MarkupLine("[yellow]note[/] It is open: whoever reaches this loopback address may do everything.");
            return;
        }

        var setup = host.Services.GetRequiredService<SetupToken>();
        if (setup.Now is not { } token) return;
        var address = options.PublicUrl ?? host.Address;
        run.Messages.MarkupLineInterpolated($"{(setup.Recovers ? "Choose a new password at" : "Nobody can sign in yet. Create the first account at")} [bold]{new Uri(address, "/setup?token=" + token)}[/]");
        run.Messages.WriteLine("The link counts once, until this server ends. To look around without sign-in: nines serve --open.");
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
