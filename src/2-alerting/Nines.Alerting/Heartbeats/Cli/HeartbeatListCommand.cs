using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Alerting.Heartbeats.Cli;

/// <summary><c>nines heartbeat list</c>.</summary>
internal sealed class HeartbeatListCommand : AskCommand<HeartbeatView[]>
{
    /// <inheritdoc />
    public override string Path => "heartbeat list";

    /// <inheritdoc />
    public override string Summary => "Lists the signs of life that are promised: which are alive, which stayed out, where to ping.";

    /// <inheritdoc />
    public override string Example => "nines heartbeat list";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("heartbeats");

    /// <inheritdoc />
    protected override Task<Outcome<HeartbeatView[]>> AskAsync(ParseResult parse, CommandRun run) => run.Server.GetAsync<HeartbeatView[]>("/api/v1/heartbeats", run.Stop);

    /// <inheritdoc />
    protected override void Show(HeartbeatView[] answer, CommandRun run)
    {
        if (answer.Length == 0)
        {
            run.Screen.WriteLine("No heartbeat is promised. See \"nines explain Heartbeat\".");
            return;
        }

        var table = new TextTable().Column("name").Column("state").Column("heard", drop: 1).Column("due by", drop: 2).Column("every", drop: 3).Column("address");
        foreach (var beat in answer)
            table.Row(beat.Name, new(beat.State, beat.State switch { "alive" => "green", "missed" => "red", _ => "yellow" }), Text(beat.Last), Text(beat.Due), FieldDuration.Format(beat.Every), beat.Address);
        table.Write(run.Screen);
    }

    private static string Text(NodaTime.Instant? at) => at is { } known ? $"{known:yyyy-MM-dd HH:mm:ss}Z" : "";
}
