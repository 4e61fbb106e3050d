using System.CommandLine;
using Nines.Catalog.Backstage;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Cli;

/// <summary><c>nines catalog import</c>: Backstage entities to manifests on standard output; needs no server.</summary>
internal sealed class CatalogImportCommand : CliCommand
{
    private readonly Option<string[]> _files = new("--file", "-f") { Description = "catalog-info.yaml, or a folder of them; may be repeated", AllowMultipleArgumentsPerToken = true, Required = true };

    public override string Path => "catalog import";

    public override string Summary => "Turns Backstage's catalog-info.yaml into manifests, and says what it could not take.";

    public override string Example => "nines catalog import -f catalog-info.yaml > services.yaml";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command) => command.Options.Add(_files);

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new ProblemList();
        var documents = new List<ManifestDocument>();
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            var files = ManifestFiles.Expand(path);
            problems.AddRange(files.Problems);
            foreach (var file in files.Ok ? files.Value : [])
            {
                var text = ManifestFiles.Read(file, file);
                problems.AddRange(text.Problems);
                if (text.Ok) documents.AddRange(ManifestParser.Parse(text.Value, file, problems));
            }
        }

        var manifests = BackstageImport.Read(documents, problems);
        if (run.Json) run.WriteJson(new Imported(manifests, problems.Problems));
        else run.WriteRaw(string.Join("---\n", manifests));
        return Task.FromResult(run.Fail(problems.Problems));
    }

    private sealed record Imported(IReadOnlyList<string> Manifests, IReadOnlyList<Problem> Problems);
}
