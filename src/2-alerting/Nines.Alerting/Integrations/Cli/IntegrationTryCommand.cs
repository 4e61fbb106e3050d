using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Integrations.Cli;

/// <summary><c>nines integration try</c>: what an event would become by an integration's manifest; needs no server.</summary>
internal sealed class IntegrationTryCommand(IServiceCollection services) : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The manifest of the integration; without one an event is read as any sender's", DefaultValueFactory = _ => "" };
    private readonly Option<string> _event = new("--event", "-e") { Description = "The event's body as its sender sends it; - is standard input", Required = true };
    private readonly Option<string> _type = new("--type") { Description = "Content type, where it is not JSON", DefaultValueFactory = _ => "" };

    /// <inheritdoc />
    public override string Path => "integration try";

    /// <inheritdoc />
    public override string Summary => "Shows the alert that an event would become by a mapping; needs no server and sends nothing.";

    /// <inheritdoc />
    public override string Example => "nines integration try -f backup.yaml --event event.json";

    /// <inheritdoc />
    public override Permission Permission => Permission.Nothing;

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_event);
        command.Options.Add(_type);
    }

    /// <inheritdoc />
    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new ProblemList();
        var set = Manifests(parse.GetValue(_file)!, problems);
        var from = set.Of<Integration>().FirstOrDefault() ?? new Integration { Name = "any", DisplayName = "any", Kind = IntegrationKind.Events };
        if (problems.HasErrors) return Task.FromResult(run.Fail(problems.Problems));
        var body = Body(parse.GetValue(_event)!, problems);
        if (body is null) return Task.FromResult(run.Fail(problems.Problems));
        var tried = IntegrationTrial.Try(from, body, parse.GetValue(_type)!, CatalogView.Of(set), AlertSeverity.Page, run.Clock.Now());
        if (!tried.Ok) return Task.FromResult(run.Fail(tried.Problems));
        if (run.Json) run.WriteJson(tried.Value);
        else foreach (var one in tried.Value) Show(one, run);
        return Task.FromResult(run.Fail(problems.Problems));
    }

    private ManifestSet Manifests(string path, ProblemList problems)
    {
        if (path.Length == 0) return ManifestSet.Empty;
        var text = ManifestFiles.Read(path, path);
        problems.AddRange(text.Problems);
        if (!text.Ok) return ManifestSet.Empty;
        var kinds = ManifestRegistration.KindsOf(services);
        var set = ManifestSet.Build(ManifestParser.Parse(text.Value, path, problems).Select(d => kinds.Compile(d, Strictness.Lenient)), whole: false);
        problems.AddRange(set.Problems);
        if (!set.Of<Integration>().Any() && !problems.HasErrors) problems.Add(Problem.Invalid($"There is no Integration in \"{path}\".", "Write one; nines explain Integration shows an example."));
        return set;
    }

    private static byte[]? Body(string path, ProblemList problems)
    {
        try
        {
            if (path != "-") return File.ReadAllBytes(path);
            using var input = Console.OpenStandardInput();
            using var body = new MemoryStream();
            input.CopyTo(body);
            return body.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Invalid($"The event cannot be read: {e.Message}", "Name the file of its body.", "--event"));
            return null;
        }
    }

    private static void Show(TrialAlert one, CommandRun run)
    {
        var screen = run.Screen;
        screen.MarkupLineInterpolated($"[bold]{one.Title}[/]");
        foreach (var (name, value) in (IEnumerable<(string, string)>)
        [
            ("asks for", one.Action), ("severity", one.Severity.Word()), ("service", one.Service.Length > 0 ? one.Service : "none named"),
            ("key", one.Key.Length > 0 ? one.Key : "its labels"), ("labels", string.Join(", ", one.Labels.Select(l => $"{l.Key}=\"{l.Value}\""))),
            .. one.Annotations.Select(a => (a.Key, a.Value)), .. one.Details.Length > 0 ? [("details", one.Details)] : Array.Empty<(string, string)>(),
        ]) Hanging.Write(screen, name.PadRight(12), value, 13);
        screen.WriteLine();
    }
}
