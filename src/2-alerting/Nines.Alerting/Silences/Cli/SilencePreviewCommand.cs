using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines silence preview</c>.</summary>
internal sealed class SilencePreviewCommand : AskCommand<SilencePreview>
{
    private readonly Argument<string[]> _matchers = new("matchers") { Description = "label=value, label!=value, label=~pattern, label!~pattern; all must hold", Arity = ArgumentArity.OneOrMore };

    /// <inheritdoc />
    public override string Path => "silence preview";

    /// <inheritdoc />
    public override string Summary => "Says what a silence would hide now and would have hidden in the last week. Writes nothing.";

    /// <inheritdoc />
    public override string Example => "nines silence preview service=checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("silences");

    /// <inheritdoc />
    public override void Configure(Command command) => command.Arguments.Add(_matchers);

    /// <inheritdoc />
    protected override Task<Outcome<SilencePreview>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<SilencePreview>(
        "/api/v1/silences/preview?" + string.Join('&', (parse.GetValue(_matchers) ?? []).Select(m => "matcher=" + Uri.EscapeDataString(m))), run.Stop);

    /// <inheritdoc />
    protected override void Show(SilencePreview answer, CommandRun run)
    {
        var screen = run.Screen;
        screen.WriteLine($"{string.Join(' ', answer.Matchers)}");
        screen.WriteLine($"now        {answer.Alerts} that fire ({answer.Pages} page){Of(answer.Services)}");
        screen.WriteLine($"last week  {answer.WeekAlerts} ({answer.WeekPages} paged){Of(answer.WeekServices)}, since {answer.WeekFrom:yyyy-MM-dd HH:mm}Z");
        if (answer.Objectives.Count > 0) screen.WriteLine($"objectives {string.Join(", ", answer.Objectives)}");
        foreach (var example in answer.Examples) screen.WriteLine("  " + example);
        foreach (var finding in answer.Findings) Hanging.Write(screen, "finding", finding, 8);
    }

    private static string Of(IReadOnlyList<string> services) => services.Count == 0 ? "" : $" of {string.Join(", ", services)}";
}
