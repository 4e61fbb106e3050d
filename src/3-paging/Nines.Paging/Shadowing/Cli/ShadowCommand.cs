using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Shadowing.Cli;

/// <summary><c>nines oncall shadow</c>.</summary>
internal sealed class ShadowCommand : AskCommand<ShadowReport>
{
    private readonly Option<string> _since = new("--since") { Description = "How far to look back", DefaultValueFactory = _ => "7d" };

    public override string Path => "oncall shadow";

    public override string Summary => "Compares whom Nines would have woken with whom the old pager did, and says what is missing before switching over.";

    public override string Example => "nines oncall shadow --since 14d";

    public override Permission Permission => Permission.Read("shadow");

    public override void Configure(Command command) => command.Options.Add(_since);

    protected override Task<Outcome<ShadowReport>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<ShadowReport>($"/api/v1/shadow?since={Uri.EscapeDataString(parse.GetValue(_since)!)}", run.Stop);

    protected override void Show(ShadowReport answer, CommandRun run)
    {
        foreach (var mode in answer.Modes) run.Screen.WriteLine($"Nobody is called about {mode.Covers}; {mode.Beside} calls people. \"nines delete ShadowMode {mode.Name}\" ends that.");
        if (answer.Modes.Count == 0) run.Screen.WriteLine("Nothing is in shadow mode: Nines calls people.");
        run.Screen.WriteLine(answer.Headline);
        var table = new TextTable().Column("when").Column("verdict").Column("service", drop: 2).Column("what", cut: true);
        foreach (var row in answer.Rows) table.Row(Coverage.CoverageWords.Time(row.At), Word(row.Verdict), row.Service, row.Words);
        if (answer.Rows.Count > 0) table.Write(run.Screen);
        foreach (var missing in answer.Missing) run.Screen.WriteLine($"Missing: {missing.What} {missing.Remedy}");
    }

    /// <summary>A verdict as people read it.</summary>
    internal static TextCell Word(ShadowVerdict verdict) => verdict switch
    {
        ShadowVerdict.Same => new TextCell("same", "green"),
        ShadowVerdict.Another => new TextCell("somebody else", "red"),
        ShadowVerdict.OnlyOutside => new TextCell("only there", "red"),
        ShadowVerdict.OnlyNines => new TextCell("only here", "yellow"),
        ShadowVerdict.Unknown => new TextCell("not known", "yellow"),
        _ => "waiting",
    };
}
