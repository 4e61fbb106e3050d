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
/// <remarks>Every step can be ended and begun again: files that are there are kept, applying twice changes nothing, the server reads its history on by itself.</remarks>
internal sealed class InitCommand : CliCommand
{
    private readonly Option<Uri?> _prometheus = CliOption.Address("--prometheus", "Address of the Prometheus-compatible server, such as http://127.0.0.1:9090");
    private readonly Option<string> _name = new("--name") { Description = "What to call it", DefaultValueFactory = _ => "prometheus" };
    private readonly Option<string?> _bearer = new("--bearer") { Description = "Where its bearer token is kept: env:NAME or file:/path, as the Nines server sees it" };
    private readonly Option<string?> _user = new("--user") { Description = "User of HTTP basic authentication; with --password" };
    private readonly Option<string?> _password = new("--password") { Description = "Where that user's password is kept: env:NAME or file:/path" };
    private readonly Option<string[]> _header = new("--header") { Description = "A further header as Name=value, such as X-Scope-OrgID=team; more than one is possible" };
    private readonly Option<string?> _caFile = new("--ca-file") { Description = "Certificates (PEM) to trust instead of the system's" };
    private readonly Option<string> _output = new("--out") { Description = "Folder for the manifests", DefaultValueFactory = _ => "nines-manifests" };
    private readonly Option<bool> _only = new("--dry-run") { Description = "Write the manifests, apply nothing" };
    private readonly Option<string?> _person = new("--person") { Description = "Who gets a test page at the end" };
    private readonly Option<string?> _webhook = new("--webhook") { Description = "Address that takes that person's pages; writes the Person manifest" };
    private readonly Option<string?> _email = new("--email") { Description = "E-mail address that takes that person's pages; writes the Person manifest" };
    private readonly Option<NodaTime.Duration?> _wait = CliOption.Duration("--wait", "How long to wait for the history; 10m when omitted");

    /// <inheritdoc />
    public override string Path => "init";

    /// <inheritdoc />
    public override string Summary => "Looks at a Prometheus, proposes services and objectives, writes manifests, reads 30 days of history and shows the budgets.";

    /// <inheritdoc />
    public override string Example => "nines init --prometheus http://127.0.0.1:9090 --person ada --webhook https://hooks.example.com/ada";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("sources");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        _prometheus.Required = true;
        foreach (var option in new Option[] { _prometheus, _name, _bearer, _user, _password, _header, _caFile, _output, _only, _person, _webhook, _email, _wait }) command.Options.Add(option);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (who, name) = (parse.GetValue(_person), parse.GetValue(_name)!);
        var person = InitPage.File(who, parse.GetValue(_webhook), parse.GetValue(_email));
        if (who is null && (parse.GetValue(_webhook) ?? parse.GetValue(_email)) is not null) return run.Fail([Problem.Invalid("Here is a way to call somebody, but not whom.", "Add --person NAME.", "--person")]);
        if (who is not null && await InitPage.MissingAsync(run, who, person is not null) is { Count: > 0 } missing) return run.Fail(missing);
        if (Asked(parse) is not { Ok: true } asked) return run.Fail([Problem.Invalid("A header has no value.", "Write it as Name=value.", "--header")]);
        var found = await run.Server.PostAsync<ProposalsAnswer>("/api/v1/sources/proposals", asked.Value, run.Stop);
        if (!found.Ok) return run.Fail(found.Problems);
        Say(run, found.Value.Proposals);
        var folder = parse.GetValue(_output)!;
        var written = InitFolder.Write(folder, person is null ? found.Value.Files : [.. found.Value.Files, person]);
        if (!written.Ok) return run.Fail(written.Problems);
        Say(run, written.Value, folder);
        var dry = parse.GetValue(_only);
        if (dry) run.Messages.WriteLine($"Nothing is applied yet; do it with: nines apply -f {folder}");
        IReadOnlyList<JsonElement>? budgets = null;
        if (!dry)
        {
            var applied = await ApplyAsync(run, written.Value.Files);
            if (!applied.Ok) return run.Fail(applied.Problems);
            var source = await WaitAsync(run, name, parse.GetValue(_wait) ?? NodaTime.Duration.FromMinutes(10));
            if (source?.Error is { } error) return run.Fail([new Problem(ProblemKind.Unavailable, $"{name} cannot be read. {error}", "It is tried again every minute; run the same command again to see how it stands.")]);
            if (source?.State != "live") run.Messages.WriteLine("The history is not whole yet: the server reads on by itself, and the budgets below will still change.");
            budgets = await InitBudgets.ReadAsync(run, found.Value.Proposals);
        }

        if (run.Json) run.WriteJson(new { services = Services(found.Value.Proposals), proposals = found.Value.Proposals, folder, files = written.Value.Files.Select(file => file.Name), kept = written.Value.Kept, objectives = budgets });
        else if (budgets is not null) InitBudgets.Show(run, budgets, folder);
        if (dry) return ExitCode.Done;
        if (who is not null) return await InitPage.SendAsync(run, who);
        run.Messages.WriteLine("Nobody is paged yet: add --person NAME with --webhook URL or --email ADDRESS to get a test page.");
        return ExitCode.Done;
    }

    private Outcome<ProposalsAsked> Asked(ParseResult parse)
    {
        var headers = new Dictionary<string, string>();
        foreach (var header in parse.GetValue(_header) ?? [])
        {
            var equals = header.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) return Problem.Invalid(header, "");
            headers[header[..equals]] = header[(equals + 1)..];
        }

        return new ProposalsAsked(parse.GetValue(_prometheus), parse.GetValue(_name), parse.GetValue(_bearer), parse.GetValue(_user), parse.GetValue(_password), headers, parse.GetValue(_caFile));
    }

    private static int Services(IReadOnlyList<Proposal> proposals) => proposals.Select(proposal => proposal.Service).Distinct().Count();

    private static void Say(CommandRun run, IReadOnlyList<Proposal> proposals)
    {
        var services = Services(proposals);
        run.Messages.WriteLine($"Found {services} {(services == 1 ? "service" : "services")} with {proposals.Count} {(proposals.Count == 1 ? "objective" : "objectives")} that can be measured from what is there:");
        foreach (var proposal in proposals) run.Messages.WriteLine($"  {proposal.Name}  {(proposal.Target * 100).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} %  {proposal.Words}");
    }

    private static void Say(CommandRun run, InitFolder.Result files, string folder)
    {
        if (files.Written.Count > 0) run.Messages.WriteLine($"Wrote {files.Written.Count} {(files.Written.Count == 1 ? "file" : "files")} to {folder}. They are yours now: change them and run nines apply -f {folder}");
        if (files.Kept.Count > 0) run.Messages.WriteLine($"Kept as you have them, although something else was proposed: {string.Join(", ", files.Kept)}.");
        if (files.Written.Count + files.Kept.Count == 0) run.Messages.WriteLine($"All files are in {folder} already.");
    }

    private static async Task<Outcome<JsonElement>> ApplyAsync(CommandRun run, IReadOnlyList<ProposedFile> files)
    {
        var text = string.Join("---\n", files.Select(file => file.Text.EndsWith('\n') ? file.Text : file.Text + "\n"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/manifests") { Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue("application/yaml")) };
        return await run.Server.SendAsync<JsonElement>(request, run.Stop);
    }

    // Shows how far the history is read; null where the time is over before anything was.
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
}
