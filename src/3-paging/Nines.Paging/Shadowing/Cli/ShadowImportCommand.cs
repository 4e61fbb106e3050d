using System.CommandLine;
using System.Text;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Shadowing.Cli;

/// <summary><c>nines oncall shadow-import MODE FILE…</c>: the old pager's log, to compare with.</summary>
internal sealed class ShadowImportCommand : CliCommand
{
    private readonly Argument<string> _mode = new("mode") { Description = "The ShadowMode beside which it ran" };
    private readonly Argument<string[]> _files = new("files") { Description = "Answers of the old pager's API, saved as JSON", Arity = ArgumentArity.OneOrMore };

    public override string Path => "oncall shadow-import";

    public override string Summary => "Brings the old pager's incidents and log entries, to compare whom it woke with whom Nines would have.";

    public override string Example => "nines oncall shadow-import pagerduty incidents.json log_entries.json";

    public override Permission Permission => Permission.Write("shadow");

    public override void Configure(Command command)
    {
        command.Arguments.Add(_mode);
        command.Arguments.Add(_files);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (texts, problems) = (new List<string>(), new List<Problem>());
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            var text = ManifestFiles.Read(path, path);
            if (text.Ok) texts.Add(text.Value);
            else problems.AddRange(text.Problems);
        }

        if (problems.Count > 0) return run.Fail(problems);
        using var body = new StringContent($"[{string.Join(',', texts)}]", Encoding.UTF8, "application/json");
        var taken = await run.Server.SendAsync<Api.ShadowImported>(new(HttpMethod.Post, $"/api/v1/shadow/{Uri.EscapeDataString(parse.GetValue(_mode)!)}/import") { Content = body }, run.Stop);
        if (!taken.Ok) return run.Fail(taken.Problems);
        if (run.Json) run.WriteJson(taken.Value);
        run.Screen.WriteLine($"{taken.Value.Pages} pages read, {taken.Value.News} of them news. Look at it: nines oncall shadow --since 30d");
        return ExitCode.Done;
    }
}
