using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Nines.Kernel;
using Nines.Paging.Shadowing;
using Nines.Shell;
using Nines.Storage;
using NodaTime;
using Spectre.Console;

namespace Nines.Host;

/// <summary>Looks at everything Nines stands on, and says what to mend.</summary>
internal sealed class DoctorCommand : CliCommand
{
    private const int MarkWidth = 8;
    private static readonly Duration MostSkew = Duration.FromSeconds(2);

    private readonly Option<string> _data = new("--data") { Description = "Data folder to examine", DefaultValueFactory = _ => "nines-data" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "PostgreSQL to examine" };

    public override string Path => "doctor";

    public override string Summary => "Checks library, folder, disk, files, database, port and clock.";

    public override string Example => "nines doctor --data nines-data";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_postgres);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        List<HealthLine> lines = [.. await StoreDoctor.ExamineAsync(new(parse.GetValue(_data)!, parse.GetValue(_postgres)), run.Clock, run.Stop)];
        lines.AddRange(await ServerAsync(run));
        if (lines.Any(l => l is { Check: "server", State: HealthState.Good })) lines.AddRange([.. await AccessAsync(run), await ShadowAsync(run)]);
        if (run.Json) run.WriteJson(new { healthy = lines.All(l => l.State != HealthState.Bad), checks = lines });
        foreach (var line in lines) Say(run.Screen, line);
        return lines.Any(l => l.State == HealthState.Bad) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Say(IAnsiConsole screen, HealthLine line)
    {
        var (mark, colour) = line.State switch
        {
            HealthState.Good => ("good", "green"),
            HealthState.Warning => ("warning", "yellow"),
            _ => ("bad", "red"),
        };
        Hanging.Write(screen, mark, $"{line.Check}: {line.Found}{(line.Remedy.Length > 0 ? " " : "")}{line.Remedy}", MarkWidth, colour);
    }

    /// <summary>A server that answers, with its clock; or a port that is free for one.</summary>
    private static async Task<IReadOnlyList<HealthLine>> ServerAsync(CommandRun run)
    {
        var address = run.Server.Address;
        try
        {
            var began = run.Clock.Now();
            var answer = await run.Server.AskAsync("/-/ready", run.Stop);
            var ready = answer.Status == HttpStatusCode.OK
                ? new HealthLine("server", HealthState.Good, $"{address} is ready.")
                : new HealthLine("server", HealthState.Warning, $"{address} answers {(int)answer.Status}.", "It may still be starting; ask again, then look into its log.");
            return answer.Date is { } date ? [ready, Clock(Instant.FromDateTimeOffset(date) - began)] : [ready];
        }
        catch (UnreachableException)
        {
            return [address.IsLoopback ? Port(address) : new("server", HealthState.Bad, $"Nobody answers at {address}.", "Start it, or name it with --server.")];
        }
    }

    /// <summary>What is weak about how the server is reached.</summary>
    private static async Task<IReadOnlyList<HealthLine>> AccessAsync(CommandRun run)
    {
        var answer = await run.Server.GetAsync<IReadOnlyList<Problem>>("/api/v1/access/findings", run.Stop);
        if (!answer.Ok) return [new("access", HealthState.Warning, answer.Problems[0].What, "Give the doctor a token that may read: --token or NINES_TOKEN.")];
        return answer.Value.Count > 0
            ? [.. answer.Value.Select(p => new HealthLine("access", HealthState.Warning, p.What, p.Remedy))]
            : [new("access", HealthState.Good, "Nothing weak about how the server is reached.")];
    }

    /// <summary>Whether the server calls people at all.</summary>
    private static async Task<HealthLine> ShadowAsync(CommandRun run)
    {
        var answer = await run.Server.GetAsync<ShadowReport>("/api/v1/shadow?since=1m", run.Stop);
        if (!answer.Ok) return new("shadow mode", HealthState.Warning, answer.Problems[0].What, "Give the doctor a token that may read: --token or NINES_TOKEN.");
        return answer.Value.Modes.Count == 0
            ? new("shadow mode", HealthState.Good, "Nothing is in shadow mode: pages call people.")
            : new("shadow mode", HealthState.Warning, $"Nobody is called about {string.Join("; ", answer.Value.Modes.Select(m => $"{m.Covers} ({m.Beside} calls people)"))}.", $"When that is over: nines delete ShadowMode {answer.Value.Modes[0].Name}.");
    }

    // The header counts whole seconds, so that up to one second of difference is none.
    private static HealthLine Clock(Duration skew) => skew > -MostSkew && skew < MostSkew
        ? new("clock", HealthState.Good, $"The server's clock agrees within {MostSkew.TotalSeconds:0} s.")
        : new("clock", HealthState.Warning, $"The server's clock differs by {Math.Round(skew.TotalSeconds)} s.", "Let both keep time by NTP (chrony, systemd-timesyncd).");

    private static HealthLine Port(Uri address)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, address.Port);
            listener.Start();
            return new("port", HealthState.Good, $"No server runs at {address}, and its port is free.");
        }
        catch (SocketException)
        {
            return new("port", HealthState.Bad, $"Port {address.Port} is taken by a program that is not Nines.", "End that program, or serve elsewhere with --listen.");
        }
    }
}
