using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.AccessLogs;
using Nines.Measuring.Ingestion.Prometheus;
using Nines.Measuring.Objectives.Manifests;
using Nines.Shell;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Nines.Measuring.Objectives.Cli;

/// <summary><c>nines backtest</c>: what would have fired, from recorded series, through the engine itself.</summary>
internal sealed class BacktestCommand(IServiceCollection services) : CliCommand
{
    private readonly Option<string[]> _manifests = new("--manifests", "-f") { Description = "File or folder of manifests; may be repeated", AllowMultipleArgumentsPerToken = true, Required = true };
    private readonly Option<string> _series = new("--series") { Description = "OpenMetrics text with timestamps, or an access log", Required = true };
    private readonly Option<string> _format = new("--format") { Description = "openmetrics, prometheus, or a log's: common, combined, nginx, json", DefaultValueFactory = _ => "openmetrics" };
    private readonly Option<string?> _from = new("--from") { Description = "Leave out what ended before this time (RFC 3339)" };
    private readonly Option<string?> _to = new("--to") { Description = "The last evaluation (RFC 3339); the last sample when omitted" };

    public override string Path => "backtest";

    public override string Summary => "Replays recorded series through the engine and prints what would have fired; needs no server.";

    public override string Example => "nines backtest --manifests slo/ --series history.om --json";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_manifests, _series, _format, _from, _to]) command.Options.Add(option);
    }

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new ProblemList();
        var set = ReadManifests(parse.GetValue(_manifests) ?? [], problems);
        var from = ReadTime(parse.GetValue(_from), "--from", problems);
        var to = ReadTime(parse.GetValue(_to), "--to", problems);
        var file = parse.GetValue(_series)!;
        if (!File.Exists(file)) problems.Add(Problem.Invalid($"There is no file \"{file}\".", "Name a file of recorded series.", "--series"));
        IReadOnlyList<Objective> objectives = problems.HasErrors ? [] : ObjectiveCompiler.Compile(set);
        if (!problems.HasErrors && objectives.Count == 0) problems.Add(Problem.Invalid("These manifests define no objective.", "Name a file with an SLO."));
        if (problems.HasErrors) return Task.FromResult(run.Fail(problems.Problems));
        var test = new Backtest(objectives);
        problems.AddRange(test.Problems);
        var replay = new SeriesReplay(test);
        Feed(file, parse.GetValue(_format)!, set, replay, problems);
        if (replay.Refused > 0)
            problems.Add(Problem.Finding($"{replay.Refused} samples stand behind a newer one or one of the same time of their series, and are left out.", "Sort the samples of each series by time.", "--series"));
        if (replay.Matched == 0 && !problems.HasErrors)
            problems.Add(Problem.Invalid($"Nothing in \"{file}\" is what an objective asks for.", "Compare the selectors with the names and labels in the file.", "--series"));
        if (problems.HasErrors) return Task.FromResult(run.Fail(problems.Problems));
        _ = run.Fail(problems.Problems);
        var result = replay.Run(from?.ToUnixTimeMilliseconds(), to?.ToUnixTimeMilliseconds());
        if (run.Json) run.WriteJson(result);
        else Show(result, run.Screen);
        return Task.FromResult(ExitCode.Done);
    }

    private ManifestSet ReadManifests(IEnumerable<string> paths, ProblemList problems)
    {
        var kinds = ManifestRegistration.KindsOf(services);
        var documents = new List<ManifestDocument>();
        foreach (var path in paths)
        {
            var files = ManifestFiles.Expand(path);
            problems.AddRange(files.Problems);
            if (!files.Ok) continue;
            foreach (var file in files.Value)
            {
                var text = ManifestFiles.Read(file, file);
                problems.AddRange(text.Problems);
                if (text.Ok) documents.AddRange(ManifestParser.Parse(text.Value, file, problems));
            }
        }

        var set = ManifestSet.Build(documents.Select(d => kinds.Compile(d)), whole: false);
        problems.AddRange(set.Problems);
        return set;
    }

    private static Instant? ReadTime(string? text, string option, ProblemList problems)
    {
        if (text is null) return null;
        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (parsed.Success) return parsed.Value.ToInstant();
        problems.Add(Problem.Invalid($"\"{text}\" is not a time.", "Write it as RFC 3339, such as 2026-11-21T03:12:00Z.", option));
        return null;
    }

    private static void Feed(string file, string format, ManifestSet set, SeriesReplay replay, ProblemList problems)
    {
        using var text = File.OpenRead(file);
        if (format is "openmetrics" or "prometheus")
        {
            var reader = new SeriesFile(file, format == "openmetrics" ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text);
            reader.Read(text, sample => replay.Take(sample));
            problems.AddRange(reader.Problems);
            if (reader.Unreadable > reader.Problems.Count) problems.Add(Problem.Finding($"{reader.Unreadable} lines of \"{file}\" could not be read; the first ones are named.", ""));
            return;
        }

        // Labels and exclusions of a declared log apply to the file; its name is the label "log".
        var source = (set.Of<LogSource>().FirstOrDefault() ?? new(System.IO.Path.GetFileNameWithoutExtension(file))) with { Format = format };
        try
        {
            foreach (var sample in AccessLogImport.Read(text, source, out var figures))
                replay.Take(new(sample.Labels, sample.Kind, sample.UnixMs, sample.Value));
            replay.IsContinuous = true;
        }
        catch (FormatException e)
        {
            problems.Add(Problem.Invalid(e.Message, "Write openmetrics, prometheus, common, combined, nginx or json.", "--format"));
        }
    }

    private static void Show(BacktestResult result, IAnsiConsole screen)
    {
        var conditions = new TextTable().Column("objective", cut: true).Column("policy").Column("severity").Column("start").Column("end");
        foreach (var c in result.Conditions)
            conditions.Row(c.Objective, c.Policy, TextCell.Of(Word(c.Severity)), Time(c.Start), Time(c.End));
        var alerts = new TextTable().Column("objective", cut: true).Column("severity").Column("start").Column("end", drop: 1).Column("detected after", drop: 4).Column("reset after", drop: 3)
            .Column("budget spent", right: true, drop: 5).Column("why", drop: 2, cut: true);
        foreach (var a in result.Alerts)
            alerts.Row(
                a.Objective, new(Word(a.Severity) + (a.Suppressed ? ", held back" : ""), TextCell.Of(Word(a.Severity)).Colour), Time(a.Start), Time(a.End),
                Minutes(a.DetectedAfter), Minutes(a.ResetAfter), SloWords.Percent(a.BudgetSpent), a.Reason);
        screen.WriteLine("Conditions: the bare rules");
        conditions.Write(screen);
        screen.WriteLine();
        screen.WriteLine("Alerts: what would have reached people");
        alerts.Write(screen);
        screen.WriteLine();
        foreach (var budget in result.Budget.GroupBy(b => b.Objective).Select(g => g.Last()))
            screen.MarkupLineInterpolated($"{budget.Objective}: {BudgetWords.Left(budget.Remaining)} at {Time(budget.At)}.");
    }

    private static string Word(BurnSeverity severity) => severity.ToString().ToLowerInvariant();

    private static string Time(Instant? at) => at is { } known ? InstantPattern.General.Format(known) : "still holds";

    private static string Minutes(Duration? duration) => duration is { } known ? FieldDuration.Format(known) : "-";
}
