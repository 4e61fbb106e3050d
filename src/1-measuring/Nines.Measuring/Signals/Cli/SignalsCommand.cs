using System.CommandLine;
using Nines.Kernel;
using Nines.Measuring.Signals.Api;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Measuring.Signals.Cli;

/// <summary><c>nines signals</c>: what comes in, what an indicator counts, what could be measured.</summary>
internal sealed class SignalsCommand : AskCommand<SignalsAnswer>
{
    private readonly Argument<string?> _contains = new("contains") { Description = "Part of a metric name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _unmatched = new("--unmatched") { Description = "Only names that no indicator counts" };
    private readonly Option<int> _limit = new("--limit") { Description = "Names to show", DefaultValueFactory = _ => 200 };

    public override string Path => "signals";

    public override string Summary => "Shows what comes in, what is measured from it, and what could be.";

    public override string Example => "nines signals http --unmatched";

    public override Permission Permission => Permission.Read("signals");

    public override void Configure(Command command)
    {
        command.Arguments.Add(_contains);
        command.Options.Add(_unmatched);
        command.Options.Add(_limit);
    }

    protected override async Task<Outcome<SignalsAnswer>> AskAsync(ParseResult parse, CommandRun run)
    {
        var filter = Uri.EscapeDataString(parse.GetValue(_contains) ?? "");
        var answer = await run.Server.GetAsync<SignalsAnswer>($"/api/v1/signals?contains={filter}&limit={parse.GetValue(_limit)}", run.Stop);
        return parse.GetValue(_unmatched) ? answer.Map(a => a with { Families = [.. a.Families.Where(f => f.Matched == 0)] }) : answer;
    }

    /// <summary>The first few names and how many more.</summary>
    private static string Named(IReadOnlyList<string> indicators)
        => string.Join(", ", indicators.Take(3)) + (indicators.Count > 3 ? $" and {indicators.Count - 3} more" : "");

    protected override void Show(SignalsAnswer answer, CommandRun run)
    {
        if (answer.Families.Count == 0)
        {
            run.Messages.WriteLine("Nothing like that has come in yet. Let Nines read your metrics pages (kind ScrapeTarget), or send them by remote write or OTLP; nines init reads a Prometheus that you have.");
            return;
        }

        var names = new TextTable().Column("name", cut: true).Column("shape").Column("series", right: true).Column("measured", right: true).Column("last seen", drop: 2).Column("labels", drop: 3, cut: true).Column("counted by", drop: 1, cut: true).Column("could become", drop: 4, cut: true);
        foreach (var family in answer.Families)
            names.Row(
                family.Name, family.Shape, $"{family.Series:N0}", $"{family.Matched:N0}", $"{family.LastSeen:HH:mm:ss}",
                string.Join(", ", family.Labels.Select(l => l.Name)), Named(family.Indicators), Named(family.Could));
        names.Write(run.Screen);
        run.Screen.WriteLine();
        var sources = new TextTable().Column("source", cut: true).Column("samples", right: true).Column("unmatched", right: true, drop: 1).Column("last seen").Column("refused", cut: true);
        foreach (var source in answer.Sources)
            sources.Row(
                source.Source, $"{source.Samples:N0}", $"{source.Unmatched:N0}", $"{source.LastSeen:HH:mm:ss}",
                string.Join(", ", source.Refused.Select(r => $"{r.Key} {r.Value:N0}")));
        sources.Write(run.Screen);
        if (answer.Families.FirstOrDefault(family => family.Could.Count > 0) is { } open)
            run.Messages.WriteLine($"What could become an objective is filled in for you at {new Uri(run.Server.Address, "/signals/" + Uri.EscapeDataString(open.Name))}");
    }
}
