using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Manifests;

/// <summary><c>nines get</c>.</summary>
internal sealed class GetCommand : CliCommand
{
    private readonly Argument<string> _kind = new("kind") { Description = "Such as Service or SLO; case and a plural s do not matter" };
    private readonly Argument<string?> _name = new("name") { Description = "One of them; all when left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _output = new("--output", "-o") { Description = "table, json or yaml", DefaultValueFactory = _ => "table" };
    private readonly Option<string?> _version = new("--api-version") { Description = "Tells kinds of one name apart: nines/v1 or openslo/v1" };

    public override string Path => "get";

    public override string Summary => "Shows manifests that the server holds.";

    public override string Example => "nines get Service checkout -o yaml";

    public override Permission Permission => Permission.Read("manifests");

    public override void Configure(Command command)
    {
        _output.AcceptOnlyFromAmong("table", "json", "yaml");
        command.Arguments.Add(_kind);
        command.Arguments.Add(_name);
        command.Options.Add(_output);
        command.Options.Add(_version);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var name = parse.GetValue(_name);
        var path = ManifestPath.Of(parse.GetValue(_kind)!, name, parse.GetValue(_version));
        var answer = name is null
            ? await run.Server.GetAsync<IReadOnlyList<ManifestView>>(path, run.Stop)
            : (await run.Server.GetAsync<ManifestView>(path, run.Stop)).Map<IReadOnlyList<ManifestView>>(one => [one]);
        if (!answer.Ok) return run.Fail(answer.Problems);
        if (run.Json || parse.GetValue(_output) == "json")
        {
            if (name is null) run.WriteJson(answer.Value.Select(m => m.Manifest));
            else run.WriteJson(answer.Value[0].Manifest);
        }
        else if (parse.GetValue(_output) == "yaml") run.WriteRaw(Yaml(answer.Value));
        else WriteTable(answer.Value, run.Screen);
        return ExitCode.Done;
    }

    private static string Yaml(IReadOnlyList<ManifestView> manifests) => string.Join("", manifests.Select((m, i) =>
        (i > 0 && !m.Source.StartsWith("---", StringComparison.Ordinal) ? "---\n" : "") + m.Source.TrimEnd() + "\n"));

    private static void WriteTable(IReadOnlyList<ManifestView> manifests, IAnsiConsole screen)
    {
        var table = new TextTable().Column("name", cut: true).Column("kind").Column("api version", drop: 3).Column("revision", right: true, drop: 2).Column("owner", drop: 1, cut: true).Column("problems", right: true);
        foreach (var m in manifests)
            table.Row(m.Name, m.Kind, m.ApiVersion, $"{m.Revision}", m.Owner is null ? "—" : $"{m.Owner.File}:{m.Owner.Line}", new($"{m.Problems.Count}", m.Problems.Count > 0 ? "yellow" : ""));
        table.Write(screen);
    }
}

/// <summary>Where the server keeps a manifest.</summary>
internal static class ManifestPath
{
    public static string Of(string kind, string? name, string? apiVersion) =>
        $"/api/v1/manifests/{Uri.EscapeDataString(kind)}{(name is null ? "" : "/" + Uri.EscapeDataString(name))}{(apiVersion is null ? "" : "?apiVersion=" + Uri.EscapeDataString(apiVersion))}";
}
