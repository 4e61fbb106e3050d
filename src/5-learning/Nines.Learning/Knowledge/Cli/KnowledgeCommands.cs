using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Learning.Knowledge.Cli;

/// <summary><c>nines search</c>.</summary>
internal sealed class SearchCommand : AskCommand<Found[]>
{
    private const int Width = 14;

    private readonly Argument<string[]> _words = new("words") { Description = "What is looked for", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _kind = new("--kind") { Description = "Only incident, postmortem, runbook or action" };

    /// <inheritdoc />
    public override string Path => "search";

    /// <inheritdoc />
    public override string Summary => "Searches everything that was written: incidents with their timelines, postmortems, runbooks, actions.";

    /// <inheritdoc />
    public override string Example => "nines search connection pool --kind postmortem";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_words);
        command.Options.Add(_kind);
    }

    /// <inheritdoc />
    protected override Task<Outcome<Found[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<Found[]>(
        $"/api/v1/knowledge?q={Uri.EscapeDataString(string.Join(' ', parse.GetValue(_words)!))}&kind={Uri.EscapeDataString(parse.GetValue(_kind) ?? "")}&most=20", run.Stop);

    /// <inheritdoc />
    protected override void Show(Found[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine("Nothing that was written has these words.");
        foreach (var found in answer) Hanging.Write(run.Screen, found.Name, $"{found.Title}{(found.Excerpt.Length > 0 ? $" – {found.Excerpt}" : "")}", Width);
    }
}

/// <summary><c>nines similar</c>.</summary>
internal sealed class SimilarCommand : AskCommand<SimilarIncident[]>
{
    private const int Width = 10;

    private readonly Argument<string> _incident = new("incident") { Description = "Number or id" };

    /// <inheritdoc />
    public override string Path => "similar";

    /// <inheritdoc />
    public override string Summary => "Lists incidents that were like one, with the reasons, what they were and what helped.";

    /// <inheritdoc />
    public override string Example => "nines similar INC-12";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("incidents");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_incident);

    /// <inheritdoc />
    protected override Task<Outcome<SimilarIncident[]>> AskAsync(ParseResult parse, CommandRun run) =>
        run.Server.GetAsync<SimilarIncident[]>($"/api/v1/incidents/{Uri.EscapeDataString(parse.GetValue(_incident)!)}/similar", run.Stop);

    /// <inheritdoc />
    protected override void Show(SimilarIncident[] answer, CommandRun run)
    {
        if (answer.Length == 0) run.Screen.WriteLine("None that is kept was like it.");
        foreach (var one in answer)
            Hanging.Write(run.Screen, one.Name, $"{one.Title}: {string.Join("; ", one.Reasons)}.{(one.Cause.Length > 0 ? $" It was: {one.Cause}" : "")}{(one.Helped.Length > 0 ? $" What helped: {one.Helped}" : "")}", Width);
    }
}
