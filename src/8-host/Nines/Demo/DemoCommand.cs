using System.CommandLine;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Host.Demo;

/// <summary>Shows Nines at work on a small real shop, in one command.</summary>
internal sealed class DemoCommand : CliCommand
{
    private readonly Option<int> _port = new("--port") { Description = "Where Nines listens; 0 takes a free port", DefaultValueFactory = _ => 7070 };
    private readonly Option<string?> _data = new("--data") { Description = "Folder that is kept; a temporary one when left out" };
    private readonly Option<Duration?> _for = CliOption.Duration("--for", "End by itself after this long, such as 4m");
    private readonly Option<Fault> _fault = new("--fault") { Description = "What breaks in payments: none, errors, latency or outage" };
    private readonly Option<Duration?> _after = CliOption.Duration("--fault-after", "How long after the start it breaks, such as 60s");

    public override string Path => "demo";

    public override string Summary => "Starts a small real shop under load and lets you break it.";

    public override string Example => "nines demo --for 4m --fault outage --fault-after 60s --json";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        _port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535) result.AddError("A port is a number from 1 to 65535; 0 takes a free one.");
        });
        foreach (var option in new Option[] { _port, _data, _for, _fault, _after }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var plan = new DemoPlan
        {
            Port = parse.GetValue(_port),
            Data = parse.GetValue(_data),
            For = parse.GetValue(_for),
            Fault = parse.GetValue(_fault),
            FaultAfter = parse.GetValue(_after) ?? Duration.Zero,
        };
        Outcome<DemoSummary> outcome;
        try
        {
            outcome = await new DemoRun(plan, run).RunAsync(run.Stop);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            outcome = new Problem(ProblemKind.Unavailable, $"Port {plan.Port} is taken.", "End what listens there, or take another one with --port; --port 0 takes a free one.");
        }

        if (!outcome.Ok) return run.Fail(outcome.Problems);
        if (run.Json) run.WriteJson(outcome.Value);
        else Show(outcome.Value, run.Screen);
        return ExitCode.Done;
    }

    private static void Show(DemoSummary summary, IAnsiConsole screen)
    {
        screen.WriteLine($"{summary.Services} services, {summary.Objectives} objectives, {summary.Samples} samples");
        if (summary.FaultAt is { } fault)
        {
            screen.WriteLine($"broken at {fault}");
            screen.WriteLine(summary.FirstAlertAt is { } alert ? $"first alert after {(alert - fault).TotalSeconds:0} s" : "no alert");
            screen.WriteLine(summary.FirstPageAt is { } page ? $"first page after {(page - fault).TotalSeconds:0} s" : "no page");
            if (summary.ResolvedAt is { } end) screen.WriteLine($"resolved at {end}");
        }

        foreach (var budget in summary.Budgets)
            screen.WriteLine($"{budget.Objective,-28} {(budget.Remaining is { } left ? BudgetWords.Left(left) : "no data")}");
    }
}
