using System.CommandLine;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Imports.Cli;

/// <summary><c>nines import SOURCE FILE…</c>: another program's people, schedules and policies as manifests; needs no server.</summary>
internal sealed class ImportCommand(string source, string title, string example) : CliCommand
{
    private readonly Argument<string[]> _files = new("files") { Description = $"Answers of {title}'s API, saved as JSON", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _to = new("--to") { Description = "The folder for the manifests", DefaultValueFactory = _ => "manifests" };

    public override string Path => "import " + source;

    public override string Summary => $"Turns {title}'s people, teams, schedules, policies and integrations into manifests, and says what has no equal.";

    public override string Example => $"nines import {source} {example} --to manifests/";

    public override Permission Permission => Permission.Nothing;

    public override void Configure(Command command)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_to);
    }

    public override Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var problems = new List<Problem>();
        var files = new List<(string, string)>();
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            var text = ManifestFiles.Read(path, path);
            if (text.Ok) files.Add((path, text.Value));
            else problems.AddRange(text.Problems);
        }

        if (problems.Count > 0) return Task.FromResult(run.Fail(problems));
        var read = ImportedFiles.Read(source, files);
        if (!read.Ok) return Task.FromResult(run.Fail(read.Problems));
        var to = parse.GetValue(_to)!;
        var written = Write(to, read.Value, problems);
        if (run.Json) run.WriteJson(new Imported(written, read.Value.Findings));
        if (problems.Count > 0) return Task.FromResult(run.Fail(problems));
        run.Screen.WriteLine(written.Count == 0 ? "Nothing was written." : $"Written: {string.Join(", ", written)}.");
        if (written.Count > 0) run.Screen.WriteLine($"Look at them, then: nines validate -f {to}");
        return Task.FromResult(run.Fail(read.Value.Findings));
    }

    private static List<string> Write(string to, ImportDraft draft, List<Problem> problems)
    {
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(to);
            foreach (var (file, text) in DraftText.Write(draft))
            {
                var path = System.IO.Path.Combine(to, file);
                if (File.Exists(path))
                {
                    problems.Add(Problem.Conflict($"{path} is there already.", "Name another folder with --to: nothing is overwritten."));
                    continue;
                }

                File.WriteAllText(path, text);
                written.Add(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem.Invalid($"The manifests cannot be written: {e.Message}", "Name another folder with --to.", "--to"));
        }

        return written;
    }

    private sealed record Imported(IReadOnlyList<string> Files, IReadOnlyList<Problem> Findings);
}
