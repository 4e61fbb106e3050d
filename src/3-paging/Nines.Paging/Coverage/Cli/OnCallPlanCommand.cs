using System.CommandLine;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Spectre.Console;

namespace Nines.Paging.Coverage.Cli;

/// <summary><c>nines oncall plan</c>.</summary>
internal sealed class OnCallPlanCommand : AskCommand<CoveragePlan>
{
    private readonly ManifestArguments _files = new(required: false);
    private readonly Option<string> _service = new("--service") { Description = "Only this service, with every hand-over" };
    private readonly Option<int?> _days = new("--days") { Description = "How far to look ahead; 400 where it is left out" };

    /// <inheritdoc />
    public override string Path => "oncall plan";

    /// <inheritdoc />
    public override string Summary => "Says who would be woken for every service over the next 400 days, and what a change would make different; exits 1 where nobody would be.";

    /// <inheritdoc />
    public override string Example => "nines oncall plan -f schedule.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("coverage");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        _files.AddTo(command);
        command.Options.Add(_service);
        command.Options.Add(_days);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<CoveragePlan>> AskAsync(ParseResult parse, CommandRun run)
    {
        var query = $"?service={Uri.EscapeDataString(parse.GetValue(_service) ?? "")}{(parse.GetValue(_days) is { } days ? $"&days={days}" : "")}";
        var problems = new ProblemList();
        var documents = _files.Read(parse, problems);
        if (problems.HasErrors) return Outcome<CoveragePlan>.Failed(problems.Problems);
        if (documents.Count == 0)
        {
            var today = await run.Server.GetAsync<CoverageReport>("/api/v1/oncall/plan" + query, run.Stop);
            return today.Ok ? new CoveragePlan(today.Value, []) : Outcome<CoveragePlan>.Failed(today.Problems);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/oncall/plan" + query) { Content = ManifestArguments.Content(documents) };
        return await run.Server.SendAsync<CoveragePlan>(request, run.Stop);
    }

    /// <inheritdoc />
    protected override int CodeOf(CoveragePlan answer) => answer.Blocks || answer.Report.WithGap > 0 ? ExitCode.Failed : ExitCode.Done;

    /// <inheritdoc />
    protected override void Show(CoveragePlan answer, CommandRun run)
    {
        var report = answer.Report;
        run.Screen.WriteLine(report.WithGap == 0
            ? $"Somebody would be woken for {Figures.Of(report.Services.Count, "service and severity", "services and severities")} at every moment until {CoverageWords.Time(report.Until)}."
            : $"Nobody would be woken for {report.WithGap} of {Figures.Of(report.Services.Count, "service and severity", "services and severities")} at some time until {CoverageWords.Time(report.Until)}.");
        if (report.Services is [{ Spans.Count: > 0 } one]) Hours(one, run);
        else Services(report, run);
        foreach (var line in CoverageWords.Lines(report)) run.Screen.WriteLine($"{line.What} {line.Remedy}");
        foreach (var problem in CoverageReview.Words(answer.Differences)) run.Screen.WriteLine(problem.What);
    }

    private static void Services(CoverageReport report, CommandRun run)
    {
        var table = new TextTable().Column("service").Column("severity").Column("policy", drop: 2).Column("now", cut: true).Column("ahead");
        foreach (var service in report.Services)
            table.Row(CoverageWords.Name(service.Service), service.Severity, service.Policy, CoverageWords.Levels(service.Now), WordOf(service.Worst));
        table.Write(run.Screen);
    }

    private static void Hours(ServiceCoverage service, CommandRun run)
    {
        var table = new TextTable().Column("from").Column("until").Column("woken, level by level", cut: true);
        foreach (var span in service.Spans) table.Row(CoverageWords.Time(span.From), CoverageWords.Time(span.Until), CoverageWords.Levels(span.Levels));
        table.Write(run.Screen);
    }

    private static TextCell WordOf(FaultKind? worst) => worst switch
    {
        null => new("covered", "green"),
        FaultKind.Gap => new("gap", "red"),
        FaultKind.Unverified => new("unverified", "yellow"),
        FaultKind.EmptyLevel => new("empty level", "yellow"),
        _ => new("no contact", "yellow"),
    };
}
