using System.CommandLine;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Ingestion.Scrape;
using Nines.Shell;

namespace Nines.Measuring.Ingestion.Cli;

/// <summary><c>nines scrape import</c>: a prometheus.yml to manifests on standard output; needs no server.</summary>
internal sealed class ScrapeImportCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "prometheus.yml", Required = true };

    public override string Path => "scrape import";

    public override string Summary => "Turns the scrape_configs of a prometheus.yml into ScrapeTarget manifests, and says what it could not take.";

    public override string Example => "nines scrape import -f /etc/prometheus/prometheus.yml > targets.yaml";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command) => command.Options.Add(_file);

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (problems, manifests) = (new ProblemList(), new List<string>());
        var file = parse.GetValue(_file)!;
        var text = ManifestFiles.Read(file, file);
        problems.AddRange(text.Problems);
        foreach (var document in text.Ok ? ManifestParser.Parse(text.Value, file, problems) : []) manifests.AddRange(ScrapeConfigs.Read(document, problems));
        if (run.Json) run.WriteJson(new { manifests, problems = problems.Problems });
        else run.WriteRaw(string.Join("---\n", manifests));
        return Task.FromResult(run.Fail(problems.Problems));
    }
}
