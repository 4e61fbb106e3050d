using System.CommandLine;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Runbooks.Manifests;
using Nines.Shell;

namespace Nines.Responding.Runbooks.Cli;

/// <summary><c>nines runbook import</c>: the snake_case template of the field to manifests on standard output; needs no server.</summary>
internal sealed class RunbookImportCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("file") { Description = "Documents that begin with runbook:", Arity = ArgumentArity.OneOrMore };

    /// <inheritdoc />
    public override string Path => "runbook import";

    /// <inheritdoc />
    public override string Summary => "Turns runbooks in the form \"runbook: { title, alert_name, diagnosis, … }\" into manifests.";

    /// <inheritdoc />
    public override string Example => "nines runbook import runbook.yaml > manifests.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Nothing;

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_files);

    /// <inheritdoc />
    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new ProblemList();
        var manifests = new List<string>();
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            var text = ManifestFiles.Read(path, path);
            problems.AddRange(text.Problems);
            if (!text.Ok) continue;
            foreach (var document in ManifestParser.Parse(text.Value, path, problems))
                if (RunbookImport.Read(document, problems) is { } manifest) manifests.Add(manifest);
        }

        if (run.Json) run.WriteJson(manifests);
        else run.WriteRaw(string.Join("---\n", manifests));
        return Task.FromResult(run.Fail(problems.Problems));
    }
}
