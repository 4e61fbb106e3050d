using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Actions.Api;
using Nines.Shell;

namespace Nines.Learning.Actions.Cli;

/// <summary>A command that does one thing with an action and says where it stands then: <c>nines action done</c> and its like.</summary>
internal sealed class ActionStepCommand(string step, string summary, string example, string? word, string wordIs, Func<string, ActionsApi.Asked, ActionsApi.Asked> fill, bool reason = false) : AskCommand<ActionView>
{
    private readonly Argument<string> _action = new("action") { Description = "Number or id" };
    private readonly Argument<string> _word = new(word ?? "word") { Description = wordIs };
    private readonly Option<string> _reason = new("--reason") { Description = "Why", Required = reason };
    private readonly Option<string> _owner = new("--owner") { Description = "Who gets it, by name in the catalog; left out, whoever asks" };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <summary>Every step.</summary>
    public static IReadOnlyList<ActionStepCommand> All { get; } =
    [
        new("take", "Takes an action, or gives it to somebody.", "nines action take AI-3 --owner ada", null, "", (_, a) => a),
        new("start", "Says that somebody began.", "nines action start AI-3", null, "", (_, a) => a),
        new("done", "Says that an action is done, and what proves it.", "nines action done AI-3 \"The load test runs in each release since v2.42\"", "evidence", "What proves it", (w, a) => a with { Evidence = w }),
        new("drop", "Says that an action is not done after all.", "nines action drop AI-3 \"The service is replaced in March\"", "reason", "Why", (w, a) => a with { Reason = w }),
        new("reopen", "Opens an action again.", "nines action reopen AI-3 \"It covers one region only\"", "reason", "What is left", (w, a) => a with { Reason = w }),
        new("due", "Gives an action another deadline.", "nines action due AI-3 2026-12-18 --reason \"The provider needs two weeks\"", "day", "The last day on which it may be done", (w, a) => a with { Deadline = w }, reason: true),
        new("check", "Lets Nines look by itself whether an action is done: it closes on evidence, and opens again where that is gone.", "nines action check AI-3 \"objective-holds payments-availability 7d\"",
            "check", "alert-exists NAME, objective-holds NAME 7d, probe-green NAME 7d, or nothing", (w, a) => a with { Check = w }),
        new("tracker", "Copies an action to a tracker.", "nines action tracker AI-3 jira", "tracker", "Name of the tracker", (w, a) => a with { Tracker = w }),
    ];

    /// <inheritdoc />
    public override string Path => "action " + step;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("actions");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_action);
        if (word is not null) command.Arguments.Add(_word);
        if (reason) command.Options.Add(_reason);
        if (step == "take") command.Options.Add(_owner);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<ActionView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var asked = new ActionsApi.Asked(By: parse.GetValue(_by) ?? "", Owner: step == "take" ? parse.GetValue(_owner) ?? "me" : "me", Reason: reason ? parse.GetValue(_reason) ?? "" : "");
        if (word is not null) asked = fill(parse.GetValue(_word)!, asked);
        return run.Server.PostAsync<ActionView>($"/api/v1/actions/{Uri.EscapeDataString(parse.GetValue(_action)!)}/{step}", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(ActionView answer, CommandRun run) => ActionPrint.Short(answer, run.Screen);
}
