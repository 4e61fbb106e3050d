using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Drills.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Drills.Cli;

/// <summary><c>nines drill start</c>.</summary>
internal sealed class DrillStartCommand : AskCommand<DrillsApi.StartedRun>
{
    private readonly Argument<string> _drill = new("drill") { Description = "Its name" };
    private readonly Option<string> _leader = new("--leader") { Description = "Who leads, by name in the catalog; left out, whoever asks" };
    private readonly Option<string[]> _onCall = new("--on-call") { Description = "Who is called by its alerts, by name; may be given several times", Required = true };
    private readonly Option<string[]> _with = new("--with") { Description = "Who else takes part; may be given several times" };
    private readonly Option<double?> _speed = new("--speed") { Description = "How many minutes of the story pass in one; left out, the drill's own" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "drill start";

    /// <inheritdoc />
    public override string Summary => "Starts a drill: those on call in it are called, and nobody else.";

    /// <inheritdoc />
    public override string Example => "nines drill start payments-slow --leader ada --on-call bob --speed 10";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("drills");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_drill);
        foreach (var option in (Option[])[_leader, _onCall, _with, _speed, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<DrillsApi.StartedRun>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<DrillsApi.StartedRun>(
        $"/api/v1/drills/{Uri.EscapeDataString(parse.GetValue(_drill)!)}/runs",
        new DrillsApi.Started(parse.GetValue(_leader) ?? "", parse.GetValue(_onCall) ?? [], parse.GetValue(_with) ?? [], parse.GetValue(_speed), parse.GetValue(_by) ?? ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(DrillsApi.StartedRun answer, CommandRun run)
    {
        DrillPrint.Run(answer.Run, run.Screen);
        if (answer.Key.Length > 0) run.Screen.WriteLine($"For {answer.Run.Leader} only, who sees there what comes: /drills/runs/{answer.Run.Id}?key={answer.Key}");
    }
}
