using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Drills.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Drills.Cli;

/// <summary><c>nines drill show</c>.</summary>
internal sealed class DrillShowCommand : AskCommand<RunView>
{
    private readonly Argument<string> _run = new("run") { Description = "Number or id of the run" };
    private readonly Option<string> _key = new("--key") { Description = "The leader's key, which \"nines drill start\" gave: shows what comes" };

    /// <inheritdoc />
    public override string Path => "drill show";

    /// <inheritdoc />
    public override string Summary => "Shows one run: what came, who has it, and its score once it is over.";

    /// <inheritdoc />
    public override string Example => "nines drill show DR-3";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("drills");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_run);
        command.Options.Add(_key);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunView>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<RunView>($"/api/v1/drills/runs/{Uri.EscapeDataString(parse.GetValue(_run)!)}?key={Uri.EscapeDataString(parse.GetValue(_key) ?? "")}", run.Stop);

    /// <inheritdoc />
    protected override void Show(RunView answer, CommandRun run) => DrillPrint.Run(answer, run.Screen);
}

/// <summary><c>nines drill spin</c>.</summary>
internal sealed class DrillSpinCommand : AskCommand<DrillsApi.Chosen>
{
    private readonly Option<string> _for = new("--for") { Description = "For whom, by name in the catalog; left out, whoever asks" };

    /// <inheritdoc />
    public override string Path => "drill spin";

    /// <inheritdoc />
    public override string Summary => "Spins the wheel of misfortune: chooses a drill that somebody has not had for longest.";

    /// <inheritdoc />
    public override string Example => "nines drill spin --for bob";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("drills");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Options.Add(_for);

    /// <inheritdoc />
    protected override Task<Outcome<DrillsApi.Chosen>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.PostAsync<DrillsApi.Chosen>("/api/v1/drills/spin", new DrillsApi.Spun(parse.GetValue(_for) ?? ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(DrillsApi.Chosen answer, CommandRun run)
    {
        run.Screen.WriteLine($"{answer.Drill.Name}: {answer.Drill.Title}");
        run.Screen.WriteLine($"On the wheel: {string.Join(", ", answer.OnTheWheel)}.");
    }
}

/// <summary><c>nines drill draft</c>.</summary>
internal sealed class DrillDraftCommand : AskCommand<DrillsApi.Drafted>
{
    private readonly Argument<string> _incident = new("incident") { Description = "Number or id of an incident that is over" };

    /// <inheritdoc />
    public override string Path => "drill draft";

    /// <inheritdoc />
    public override string Summary => "Writes a drill's manifest from a past incident.";

    /// <inheritdoc />
    public override string Example => "nines drill draft INC-12 > drill.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("drills");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_incident);

    /// <inheritdoc />
    protected override Task<Outcome<DrillsApi.Drafted>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<DrillsApi.Drafted>($"/api/v1/drills/draft/{Uri.EscapeDataString(parse.GetValue(_incident)!)}", run.Stop);

    /// <inheritdoc />
    protected override void Show(DrillsApi.Drafted answer, CommandRun run) => run.WriteRaw(answer.Manifest);
}

/// <summary><c>nines drill action</c>.</summary>
internal sealed class DrillActionCommand : AskCommand<RunView>
{
    private readonly Argument<string> _run = new("run") { Description = "Number or id of the run" };
    private readonly Argument<string> _title = new("title") { Description = "What is done" };
    private readonly Option<string> _type = new("--type") { Description = "prevent, detect, mitigate or process; left out, prevent" };
    private readonly Option<string> _priority = new("--priority") { Description = "P0, P1 or P2; left out, P1" };
    private readonly Option<string> _owner = new("--owner") { Description = "Who does it, by name in the catalog" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <inheritdoc />
    public override string Path => "drill action";

    /// <inheritdoc />
    public override string Summary => "Writes down an action that follows from a drill.";

    /// <inheritdoc />
    public override string Example => "nines drill action DR-3 \"The runbook names the dashboard\" --type mitigate --owner bob";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("drills");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_run);
        command.Arguments.Add(_title);
        foreach (var option in (Option[])[_type, _priority, _owner, _by]) command.Options.Add(option);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunView>> AskAsync(ParseResult parse, CommandRun run) => run.Server.PostAsync<RunView>(
        $"/api/v1/drills/runs/{Uri.EscapeDataString(parse.GetValue(_run)!)}/actions",
        new DrillsApi.Acted(parse.GetValue(_title)!, parse.GetValue(_type) ?? "", parse.GetValue(_priority) ?? "", parse.GetValue(_owner) ?? "", By: parse.GetValue(_by) ?? ""), run.Stop);

    /// <inheritdoc />
    protected override void Show(RunView answer, CommandRun run) => DrillPrint.Run(answer, run.Screen);
}
