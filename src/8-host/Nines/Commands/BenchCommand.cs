using System.CommandLine;
using Nines.Host.Bench;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Host;

/// <summary>Measures this build on this machine; no peer is needed.</summary>
internal sealed class BenchCommand : CliCommand
{
    private static readonly IReadOnlyList<Benchmark> All =
    [
        new ObjectivesBench(),
        new ServerBench(),
        new ScaleBench(),
        new IngestBench(),
        new ScrapeBench(),
        new PagesBench(),
        new StatusPageBench(),
        new IncidentRoomBench(),
        new ChartBench(),
        new BacktestBench(),
        new KnowledgeBench(),
        new ChainBench(),
        new AlertsBench(),
        new AlertDelayBench(),
        new AlertCrashBench(),
        new JournalBench(),
        new StartBench(),
    ];

    private readonly Argument<string[]> _names = new("name") { Description = "Which to run; all when left out", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _quick = new("--quick") { Description = "Small sizes, seconds instead of minutes; the figures are no claim" };
    private readonly Option<string?> _markdown = new("--markdown") { Description = "Also write the tables as Markdown into this file" };

    public override string Path => "bench";

    public override string Summary => "Measures this build on this machine.";

    public override string Example => "nines bench objectives --markdown performance.md";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        command.Arguments.Add(_names);
        command.Options.Add(_quick);
        command.Options.Add(_markdown);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var names = parse.GetValue(_names) ?? [];
        var unknown = names.Where(n => All.All(b => b.Name != n)).ToArray();
        if (unknown.Length > 0)
            return run.Fail([.. unknown.Select(n => Problem.Invalid($"There is no benchmark \"{n}\".", $"Write one of {string.Join(", ", All.Select(b => b.Name))}."))]);

        var tables = new List<BenchTable>();
        foreach (var benchmark in All.Where(b => names.Length == 0 || names.Contains(b.Name)))
        {
            run.Messages.MarkupLineInterpolated($"[bold]{benchmark.Name}[/] {benchmark.Summary}");
            tables.Add(await MeasureAsync(benchmark, parse.GetValue(_quick), run));
            Show(tables[^1], run.Screen);
        }

        if (run.Json) run.WriteJson(new { machine = Machine.Describe(), tables });
        if (parse.GetValue(_markdown) is { } file)
            await File.WriteAllTextAsync(file, $"Machine: {Machine.Describe()}\n\n{string.Join('\n', tables.Select(BenchMarkdown.Write))}", run.Stop);
        return ExitCode.Done;
    }

    private static async Task<BenchTable> MeasureAsync(Benchmark benchmark, bool quick, CommandRun run)
    {
        var scratch = Directory.CreateTempSubdirectory("nines-bench-");
        try
        {
            return await benchmark.RunAsync(new(scratch.FullName, quick, line => run.Messages.MarkupLineInterpolated($"  {line}"), run.Clock, run.Stop));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void Show(BenchTable table, IAnsiConsole screen)
    {
        var grid = new Table().Border(TableBorder.Simple);
        foreach (var column in table.Columns) grid.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (var row in table.Rows) grid.AddRow([.. row.Select(Markup.Escape)]);
        screen.Write(grid);
        foreach (var note in table.Notes) screen.WriteLine("  " + note);
    }
}
