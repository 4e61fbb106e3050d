using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Host.Simulation;

/// <summary>Runs the whole house through simulated years of bad luck.</summary>
internal sealed class SimulateCommand : CliCommand
{
    private const int MostBroken = 10;

    private readonly Option<ulong?> _seed = new("--seed") { Description = "The number that everything follows from; the clock's when left out" };
    private readonly Option<double> _years = new("--years") { Description = "Simulated years, 52 worlds of a week each", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _world = new("--world") { Description = "Only this world of the seed, with everything that happens in it" };

    public override string Path => "simulate";

    public override string Summary => "Simulates years of alerts, crashes and bad providers, and checks every promise.";

    public override string Example => "nines simulate --seed 7 --years 10";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        command.Options.Add(_seed);
        command.Options.Add(_years);
        command.Options.Add(_world);
    }

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var seed = parse.GetValue(_seed) ?? (ulong)run.Clock.UnixMs();
        var years = parse.GetValue(_years);
        if (years is not (> 0 and <= 100_000)) return Task.FromResult(run.Fail([Problem.Invalid("--years needs a number above 0, at most 100000.", "Write one such as --years 10.")]));
        if (parse.GetValue(_world) is < 0) return Task.FromResult(run.Fail([Problem.Invalid("--world counts from 0.", "Write the number that a broken run printed.")]));
        return Task.FromResult(parse.GetValue(_world) is { } world ? One(seed, world, run) : Many(seed, years, run));
    }

    private static int Many(ulong seed, double years, CommandRun run)
    {
        var began = run.Clock.GetTimestamp();
        var told = new Lock();
        var report = SimRun.Run(seed, years, MostBroken, null, Progress, run.Stop);
        if (run.Json) run.WriteJson(report);
        Tell(report, run);
        var asked = SimRun.Worlds(years);
        if (report.Worlds < asked) run.Messages.WriteLine($"It was stopped after {report.Worlds} of {asked} worlds.");
        return report.Broken.Count == 0 && report.Worlds == asked ? ExitCode.Done : ExitCode.Failed;

        void Progress(int done, int of)
        {
            if (done % Math.Max(1, of / 20) != 0) return;
            lock (told) run.Messages.WriteLine($"{done} of {of} worlds, {run.Clock.GetElapsedTime(began).TotalSeconds:0} s");
        }
    }

    private static int One(ulong seed, int world, CommandRun run)
    {
        var result = new SimWorld(seed, world, null, line => run.Messages.WriteLine(line)).Run();
        if (run.Json) run.WriteJson(result);
        run.Screen.WriteLine($"world {world} of seed {seed}: {result.Alerts} alerts, {result.Pages} pages, {result.Incidents} incidents, {result.Crashes} crashes, {result.Events} events, digest {result.Digest:x16}");
        if (result.Break is not { } broken) return ExitCode.Done;
        run.Messages.WriteLine($"{broken.Kind} at {broken.At:c}: {broken.What}");
        return ExitCode.Failed;
    }

    private static void Tell(SimReport report, CommandRun run)
    {
        run.Screen.WriteLine($"seed {report.Seed}: {report.Worlds} worlds of a week ({report.Years:0.##} years)");
        run.Screen.WriteLine($"{report.Alerts} alerts accepted, {report.Pages} pages, {report.Acknowledged} acknowledgements, {report.Crashes} crashes, {report.Events} events");
        run.Screen.WriteLine($"{report.Incidents} incidents, {report.IncidentAnswers} answers about them, {report.MissedCheckIns} check-ins missed");
        run.Screen.WriteLine($"{report.Lost} lost, {report.Late} late, {report.Duplicates} deliveries came again under their id; digest {report.Digest}");
        foreach (var finding in report.Broken)
        {
            run.Messages.WriteLine($"BROKEN ({finding.Kind}) in world {finding.World} at {finding.At}: {finding.What}");
            foreach (var line in finding.Before.TakeLast(25)) run.Messages.WriteLine("    " + line);
            run.Messages.WriteLine($"  replay: {finding.Replay}");
        }
    }
}
