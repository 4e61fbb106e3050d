using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Catalog.Manifests;

/// <summary><c>nines validate</c>: needs no server.</summary>
internal sealed class ValidateCommand(Func<ManifestKinds> kinds) : CliCommand
{
    private readonly ManifestArguments _files = new();
    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse every departure from a published format, and every reference to something that is not in these files" };

    public override string Path => "validate";

    public override string Summary => "Says everything that is wrong with manifests, with file, line and remedy; needs no server.";

    public override string Example => "nines validate -f manifests/ --strict";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        _files.AddTo(command);
        command.Options.Add(_strict);
    }

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var strictness = parse.GetValue(_strict) ? Strictness.Strict : Strictness.Lenient;
        var problems = new ProblemList(strictness);
        var documents = _files.Read(parse, problems);
        if (documents.Count == 0 && !problems.HasErrors) problems.Add(Problem.Invalid("There is no manifest in this.", "Name a file with at least one document."));
        var known = kinds();
        var read = documents.Select(d => known.Compile(d, strictness)).ToArray();
        var set = ManifestSet.Build(read, whole: false, strictness);
        problems.AddRange(set.Problems);
        var validated = Validated.Of(read, set, problems.Problems);
        if (run.Json) run.WriteJson(validated);
        foreach (var note in validated.Notes) run.Screen.WriteLine(note);
        run.Screen.WriteLine(Sentence(validated));
        return Task.FromResult(run.Fail(validated.Problems));
    }

    private static string Sentence(Validated v) => $"{Count(v.Documents, "manifest")}: {(v.Errors == 0 ? "no error" : Count(v.Errors, "error"))}, {(v.Findings == 0 ? "no finding" : Count(v.Findings, "finding"))}.";

    private static string Count(int n, string what) => $"{n} {what}{(n == 1 ? "" : "s")}";
}
