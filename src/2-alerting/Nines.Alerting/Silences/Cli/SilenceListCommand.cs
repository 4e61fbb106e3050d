using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Silences.Cli;

/// <summary><c>nines silence list</c>, formerly <c>nines alerts silence list</c>.</summary>
internal sealed class SilenceListCommand(string path) : AskCommand<SilenceView[]>
{
    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override string Summary => "Lists silences with what they hold back.";

    /// <inheritdoc />
    public override string Example => $"nines {path}";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("silences");

    /// <inheritdoc />
    protected override Task<Outcome<SilenceView[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<SilenceView[]>("/api/v1/silences", run.Stop);

    /// <inheritdoc />
    protected override void Show(SilenceView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No silence.");
            return;
        }

        var table = new TextTable().Column("state").Column("matchers", cut: true).Column("until").Column("owner", drop: 1).Column("holds back", right: true, drop: 2).Column("id");
        foreach (var s in answer)
            table.Row(s.State, string.Join(' ', s.Matchers), $"{s.EndsAt:yyyy-MM-dd HH:mm:ss}Z", s.Owner, $"{s.Holds}", s.Id);
        table.Write(run.Screen);
    }
}
