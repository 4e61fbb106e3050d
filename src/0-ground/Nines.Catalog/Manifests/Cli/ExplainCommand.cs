using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Manifests;

/// <summary><c>nines explain</c>: what a kind is for, with a complete example; needs no server.</summary>
internal sealed class ExplainCommand(Func<ManifestKinds> kinds) : CliCommand
{
    private readonly Argument<string?> _kind = new("kind") { Description = "Such as Service; all kinds when left out", Arity = ArgumentArity.ZeroOrOne };

    public override string Path => "explain";

    public override string Summary => "Says what a kind of manifest is for, with an example to start from.";

    public override string Example => "nines explain Service";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command) => command.Arguments.Add(_kind);

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var known = kinds();
        if (parse.GetValue(_kind) is not { } name)
        {
            if (run.Json) run.WriteJson(known.All.Select(k => new KindView(k.ApiVersion, k.Kind, k.Summary, k.Example)));
            foreach (var kind in known.All) run.Screen.WriteLine($"{kind.Kind,-24}{kind.ApiVersion,-12}{kind.Summary}");
            return Task.FromResult(ExitCode.Done);
        }

        var named = known.Named(name);
        if (named.Count == 0) return Task.FromResult(run.Fail([known.Unknown(name) with { Kind = ProblemKind.Invalid }]));
        if (run.Json) run.WriteJson(named.Select(k => new KindView(k.ApiVersion, k.Kind, k.Summary, k.Example)));
        else run.WriteRaw(string.Join("---\n", named.Select(k => $"# {k.Summary}\n{k.Example}")));
        return Task.FromResult(ExitCode.Done);
    }
}
