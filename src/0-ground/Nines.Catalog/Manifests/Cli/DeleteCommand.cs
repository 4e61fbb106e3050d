using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Manifests;

/// <summary><c>nines delete</c>.</summary>
internal sealed class DeleteCommand : CliCommand
{
    private readonly Argument<string> _kind = new("kind") { Description = "Such as Service or SLO" };
    private readonly Argument<string> _name = new("name") { Description = "Which one" };
    private readonly Option<string?> _version = new("--api-version") { Description = "Tells kinds of one name apart: nines/v1 or openslo/v1" };

    private readonly Option<string?> _force = ForceOption.New();

    public override string Path => "delete";

    public override string Summary => "Withdraws a manifest; refused while another one needs it. Withdrawing a Person erases them.";

    public override string Example => "nines delete SLO checkout-availability";

    public override Permission Permission => Permission.Write("manifests");

    public override void Configure(Command command)
    {
        command.Arguments.Add(_kind);
        command.Arguments.Add(_name);
        command.Options.Add(_version);
        command.Options.Add(_force);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, Address(parse));
        var deleted = await run.Server.SendAsync<ManifestChange>(request, run.Stop);
        if (!deleted.Ok) return run.Fail(deleted.Problems);
        if (run.Json) run.WriteJson(deleted.Value);
        run.Screen.WriteLine($"{deleted.Value.Kind} {deleted.Value.Name} deleted");
        return ExitCode.Done;
    }

    private string Address(ParseResult parse)
    {
        var version = parse.GetValue(_version);
        return ManifestPath.Of(parse.GetValue(_kind)!, parse.GetValue(_name), version) + ForceOption.Query(version is null ? '?' : '&', parse.GetValue(_force));
    }
}
