using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nines.Kernel;
using Nines.Measuring.Sources.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Sources.Cli;

/// <summary><c>nines init</c>: the first hour of a team that has a Prometheus: look, propose, write, apply, read the history, show the budgets.</summary>
internal sealed class InitCommand : CliCommand
{
    private readonly Option<Uri?> _prometheus = CliOption.Address("--prometheus", "Address of the Prometheus-compatible server, such as http://127.0.0.1:9090");
    private readonly Option<string> _name = new("--name") { Description = "What to call it", DefaultValueFactory = _ => "prometheus" };
    private readonly Option<string> _output = new("--out") { Description = "Folder for the manifests", DefaultValueFactory = _ => "nines-manifests" };
    private readonly Option<bool> _only = new("--dry-run") { Description = "Write the manifests, apply nothing" };
    private readonly Option<string?> _person = new("--person") { Description = "Person to send a test page to, declared with a Person manifest" };
    private readonly Option<NodaTime.Duration?> _wait = CliOption.Duration("--wait", "How long to wait for the history; 10m when omitted");

    /// <inheritdoc />
    public override string Path => "init";

    /// <inheritdoc />
    public override string Summary => "Looks at a Prometheus, proposes services and objectives, writes manifests, reads 30 days of history and shows the budgets.";

    /// <inheritdoc />
    public override string Example => "nines init --prometheus http://127.0.0.1:9090";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("sources");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        _prometheus.Required = true;
        foreach (var option in new Option[] { _prometheus, _name, _output, _only, _person, _wait }) command.Options.Add(option);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var found = await run.Server.PostAsync<ProposalsAnswer>("/api/v1/sources/proposals", new ProposalsAsked(parse.GetValue(_prometheus), parse.GetValue(_name)), run.Stop);
        if (!found.Ok) return run.Fail(found.Problems);
        var services = found.Value.Proposals.Select(proposal => proposal.Service).Distinct().Count();
        run.Messages.MarkupLineInterpolated($"Found [bold]{services}[/] {(services == 1 ? "service" : "services")} with [bold]{found.Value.Proposals.Count}[/] {(found.Value.Proposals.Count == 1 ? "objective" : "objectives")} that can be measured from what is there.");
        foreach (var proposal in found.Value.Proposals) run.Messages.MarkupLineInterpolated($"  {proposal.Name}  {proposal.Target:P2}  {proposal.Words}");
        var folder = parse.GetValue(_output)!;
        var written = Write(folder, found.Value.Files);
        if (!written.Ok) return run.Fail(written.Problems);
        run.Messages.MarkupLineInterpolated($"Wrote {found.Value.Files.Count} files to [bold]{folder}[/]: they are yours now; change them and run nines apply.");
        if (parse.GetValue(_only)) return Finish(run, found.Value, null, folder);
        var applied = await ApplyAsync(run, found.Value.Files);
        if (!applied.Ok) return run.Fail(applied.Problems);
        var source = await WaitAsync(run, parse.GetValue(_name)!, parse.GetValue(_wait) ?? NodaTime.Duration.FromMinutes(10));
        if (source?.Error is { } error) return run.Fail([new Problem(ProblemKind.Unavailable, $"{parse.GetValue(_name)} cannot be read. {error}", "It is tried again every minute.")]);
        var done = Finish(run, found.Value, await BudgetsAsync(run, found.Value), folder);
        return parse.GetValue(_person) is { } who ? await PageAsync(run, who) : done;
    }

    // The room that pages is a floor above; its address is all that is known of it here.
    private static async Task<int> PageAsync(CommandRun run, string who)
    {
        var sent = await run.Server.PostAsync<JsonElement>("/api/v1/pages/test", new { person = who }, run.Stop);
        if (!sent.Ok) return run.Fail(sent.Problems);
        run.Messages.MarkupLineInterpolated($"A test page is on its way to [bold]{who}[/].");
        return ExitCode.Done;
    }

    private static Outcome<bool> Write(string folder, IReadOnlyList<ProposedFile> files)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var taken = files.Where(file => File.Exists(At(folder, file)) && File.ReadAllText(At(folder, file)) != file.Text).ToArray();
            if (taken.Length > 0) return Outcome<bool>.Failed([.. taken.Select(file => Problem.Conflict($"{At(folder, file)} is there already and says something else.", "Move it away, or name another folder with --out."))]);
            foreach (var file in files) File.WriteAllText(At(folder, file), file.Text);
            return true;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemKind.Unavailable, $"The manifests cannot be written to {folder}: {failed.Message}", "Name a folder that can be written with --out.");
        }
    }

    private static string At(string folder, ProposedFile file) => System.IO.Path.Combine(folder, file.Name);

    private static async Task<Outcome<JsonElement>> ApplyAsync(CommandRun run, IReadOnlyList<ProposedFile> files)
    {
        var text = string.Join("---\n", files.Select(file => file.Text));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/manifests") { Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml")) };
        return await run.Server.SendAsync<JsonElement>(request, run.Stop);
    }

    // Shows how far the history is read; null where the time is over.
    private static async Task<SourceStatus?> WaitAsync(CommandRun run, string source, NodaTime.Duration patience)
    {
        var until = run.Clock.Now() + patience;
        SourceStatus? status = null;
        await run.Messages.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async progress =>
        {
            var bar = progress.AddTask("Reading the history", maxValue: 1);
            while (run.Clock.Now() < until)
            {
                var all = await run.Server.GetAsync<IReadOnlyList<SourceStatus>>("/api/v1/sources", run.Stop);
                status = all.Ok ? all.Value.FirstOrDefault(one => one.Name == source) : null;
                bar.Value = status?.Progress ?? 0;
                if (status?.State is "live" or "failing") break;
                await Task.Delay(TimeSpan.FromSeconds(0.5), run.Clock, run.Stop);
            }
        });
        return status;
    }

    private static async Task<IReadOnlyList<JsonElement>> BudgetsAsync(CommandRun run, ProposalsAnswer found)
    {
        var budgets = new List<JsonElement>();
        foreach (var proposal in found.Proposals)
        {
            var status = await run.Server.GetAsync<JsonElement>($"/api/v1/objectives/{proposal.Name}", run.Stop);
            if (status.Ok) budgets.Add(status.Value);
        }

        return budgets;
    }

    private static int Finish(CommandRun run, ProposalsAnswer found, IReadOnlyList<JsonElement>? budgets, string folder)
    {
        if (run.Json) run.WriteJson(new { services = found.Proposals.Select(proposal => proposal.Service).Distinct().Count(), proposals = found.Proposals, folder, files = found.Files.Select(file => file.Name), objectives = budgets });
        if (budgets is null) return ExitCode.Done;
        var table = new Table().AddColumns("objective", "target", "measured", "budget left", "state");
        foreach (var status in budgets) table.AddRow(Row(status));
        run.Screen.Write(table);
        run.Messages.MarkupLineInterpolated($"See them at [bold]{run.Server.Address}[/]; send yourself a test page with nines page test --person NAME.");
        return ExitCode.Done;
    }

    private static Markup[] Row(JsonElement status)
    {
        static string Share(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().ToString("P3") : "no data";
        var remaining = status.TryGetProperty("budget", out var budget) && budget.TryGetProperty("remaining", out var left) ? left : default;
        return
        [
            new(Markup.Escape(status.GetProperty("name").GetString() ?? "")), new(Share(status.GetProperty("target"))), new(Share(status.GetProperty("sli"))),
            new(Share(remaining)), new(Markup.Escape(status.GetProperty("state").GetString() ?? "")),
        ];
    }
}
