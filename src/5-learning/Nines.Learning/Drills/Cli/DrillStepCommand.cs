using System.CommandLine;
using Nines.Kernel;
using Nines.Learning.Drills.Api;
using Nines.Shell;

namespace Nines.Learning.Drills.Cli;

/// <summary>A command that does one thing with a run and says how it stands then: <c>nines drill acknowledge</c> and its like.</summary>
internal sealed class DrillStepCommand(string step, string summary, string example, string? word, string wordIs, string? option, string optionIs, Func<string, string, DrillsApi.Asked> fill) : AskCommand<RunView>
{
    private readonly Argument<string> _run = new("run") { Description = "Number or id of the run" };
    private readonly Argument<string> _word = new(word ?? "word") { Description = wordIs };
    private readonly Option<string> _option = new("--" + (option ?? "option")) { Description = optionIs };
    private readonly Option<string> _by = new("--by") { Description = "For whom, by name in the catalog; whoever signed in acts as themselves" };

    /// <summary>Every step.</summary>
    public static IReadOnlyList<DrillStepCommand> All { get; } =
    [
        new("next", "Lets the next thing come now; for whoever leads.", "nines drill next DR-3 --by ada", null, "", null, "", (_, _) => new()),
        new("say", "Says to those who take part what nobody had written; for whoever leads.", "nines drill say DR-3 \"The director asks how long it takes\" --by ada", "text", "What they hear", null, "", (w, _) => new(Text: w)),
        new("acknowledge", "Takes the alerts of a drill on.", "nines drill acknowledge DR-3 --by bob", null, "", "alert", "Key of one alert; left out, all that nobody has", (_, o) => new(Inject: o)),
        new("answer", "Answers a question of a drill.", "nines drill answer DR-3 \"The release of 14:02\" --by bob", "text", "What you found", "question", "Key of the question; left out, the only one", (w, o) => new(Text: w, Inject: o)),
        new("check", "Ticks something of a game day's checklist off.", "nines drill check DR-3 briefed", "item", "Its key", "done", "true or false; left out, true", (w, o) => new(Item: w, Done: o != "false")),
        new("end", "Ends a drill and scores it.", "nines drill end DR-3 --by ada", null, "", "call-off", "Why it is broken off: it has no score then", (_, o) => new(CalledOff: o)),
        new("debrief", "Writes down what a drill taught.", "nines drill debrief DR-3 \"Bob looked at changes first\" --learn \"Nobody told support\"", "well", "What went well", "learn", "What is to be learnt", (w, o) => new(WentWell: w, ToLearn: o)),
    ];

    /// <inheritdoc />
    public override string Path => "drill " + step;

    /// <inheritdoc />
    public override string Summary => summary;

    /// <inheritdoc />
    public override string Example => example;

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("drills");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_run);
        if (word is not null) command.Arguments.Add(_word);
        if (option is not null) command.Options.Add(_option);
        command.Options.Add(_by);
    }

    /// <inheritdoc />
    protected override Task<Outcome<RunView>> AskAsync(ParseResult parse, CommandRun run)
    {
        var asked = fill(word is null ? "" : parse.GetValue(_word)!, option is null ? "" : parse.GetValue(_option) ?? "") with { By = parse.GetValue(_by) ?? "" };
        return run.Server.PostAsync<RunView>($"/api/v1/drills/runs/{Uri.EscapeDataString(parse.GetValue(_run)!)}/{step}", asked, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(RunView answer, CommandRun run) => DrillPrint.Run(answer, run.Screen);
}
