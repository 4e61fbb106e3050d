using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Integrations.Cli;

/// <summary><c>nines integration list</c>.</summary>
internal sealed class IntegrationListCommand : AskCommand<IntegrationView[]>
{
    /// <inheritdoc />
    public override string Path => "integration list";

    /// <inheritdoc />
    public override string Summary => "Lists who sends alerts: last received, refused, and the address for each sender.";

    /// <inheritdoc />
    public override string Example => "nines integration list";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("integrations");

    /// <inheritdoc />
    protected override Task<Outcome<IntegrationView[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<IntegrationView[]>("/api/v1/integrations", run.Stop);

    /// <inheritdoc />
    protected override void Show(IntegrationView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("Nobody has sent an alert yet. Try one: curl -d 'disk full' " + new Uri(run.Server.Address, "/in/events/backup"));
            return;
        }

        var table = new TextTable().Column("name").Column("kind", drop: 2).Column("open", right: true).Column("received", right: true, drop: 3).Column("last", drop: 1).Column("refused", right: true, drop: 4).Column("address");
        foreach (var one in answer)
            table.Row(one.Name, one.Kind, $"{one.Open}", $"{one.Received}", one.LastAt is { } at ? $"{at:yyyy-MM-dd HH:mm:ss}Z" : "never", $"{one.Refused}", one.Address);
        table.Write(run.Screen);
    }
}
