using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Manifests;

/// <summary><c>nines apply</c>: all documents in one commit.</summary>
internal sealed class ApplyCommand(Func<ManifestKinds> kinds) : CliCommand
{
    private readonly ManifestArguments _files = new();
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would change, and change nothing" };

    private readonly Option<string?> _force = ForceOption.New();

    public override string Path => "apply";

    public override string Summary => "Gives manifests to the server: all of them in one step, or none.";

    public override string Example => "nines apply -f manifests/ --dry-run";

    public override Permission Permission => Permission.Write("manifests");

    public override void Configure(Command command)
    {
        _files.AddTo(command);
        command.Options.Add(_dryRun);
        command.Options.Add(_force);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new ProblemList();
        var documents = _files.Read(parse, problems);
        if (problems.HasErrors)
        {
            // What cannot be read never reaches the server, so the rest is judged here: every problem at once.
            var known = kinds();
            problems.AddRange(ManifestSet.Build(documents.Select(d => known.Compile(d)), whole: false).Problems);
            return run.Fail(problems.Problems);
        }

        if (documents.Count == 0) return run.Fail([Problem.Invalid("There is no manifest in this.", "Name a file with at least one document.")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/manifests?dryRun={(parse.GetValue(_dryRun) ? "true" : "false")}{ForceOption.Query('&', parse.GetValue(_force))}") { Content = ManifestArguments.Content(documents) };
        var applied = await run.Server.SendAsync<Applied>(request, run.Stop);
        if (!applied.Ok) return run.Fail(applied.Problems);
        if (run.Json) run.WriteJson(applied.Value);
        foreach (var change in applied.Value.Changes)
            run.Screen.WriteLine($"{change.Kind} {change.Name} {change.Change}{(applied.Value.DryRun && change.Change != "unchanged" ? " (dry run)" : "")}");
        return run.Fail(applied.Value.Problems);
    }
}
