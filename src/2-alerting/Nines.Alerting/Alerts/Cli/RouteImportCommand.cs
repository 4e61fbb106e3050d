using System.CommandLine;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alerts.Cli;

/// <summary><c>nines route import</c>: an alertmanager.yml to a manifest on standard output; needs no server.</summary>
internal sealed class RouteImportCommand : CliCommand
{
    private readonly Argument<string> _file = new("file") { Description = "alertmanager.yml" };

    /// <inheritdoc />
    public override string Path => "route import";

    /// <inheritdoc />
    public override string Summary => "Turns routes, time intervals and inhibition of an alertmanager.yml into an AlertRouting manifest, and says what it could not take.";

    /// <inheritdoc />
    public override string Example => "nines route import /etc/prometheus/alertmanager.yml > routing.yaml";

    /// <inheritdoc />
    public override Permission Permission => Permission.Nothing;

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_file);

    /// <inheritdoc />
    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (problems, manifests) = (new ProblemList(), new List<string>());
        var file = parse.GetValue(_file)!;
        var text = ManifestFiles.Read(file, file);
        problems.AddRange(text.Problems);
        foreach (var document in text.Ok ? ManifestParser.Parse(text.Value, file, problems) : [])
            if (AlertmanagerConfig.Read(document, problems) is { } manifest) manifests.Add(manifest);
        if (run.Json) run.WriteJson(new { manifests, problems = problems.Problems });
        else run.WriteRaw(string.Join("---\n", manifests));
        return Task.FromResult(run.Fail(problems.Problems));
    }
}
