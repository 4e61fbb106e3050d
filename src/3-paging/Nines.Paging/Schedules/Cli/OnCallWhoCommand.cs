using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall who</c>.</summary>
internal sealed class OnCallWhoCommand : AskCommand<OnCallAnswer>
{
    private readonly Option<string> _service = new("--service") { Description = "The service" };
    private readonly Option<string> _schedule = new("--schedule") { Description = "Or the schedule" };
    private readonly Option<Instant?> _at = CliOption.Instant("--at", "When, such as 2026-11-21T03:12:00Z; now where it is left out");

    /// <inheritdoc />
    public override string Path => "oncall who";

    /// <inheritdoc />
    public override string Summary => "Says who is on call for a service or by a schedule, level by level.";

    /// <inheritdoc />
    public override string Example => "nines oncall who --service checkout";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_service);
        command.Options.Add(_schedule);
        command.Options.Add(_at);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<OnCallAnswer>> AskAsync(ParseResult parse, CommandRun run)
    {
        var (service, schedule) = (parse.GetValue(_service) ?? "", parse.GetValue(_schedule) ?? "");
        if (service.Length > 0 == schedule.Length > 0) return Problem.Invalid("Ask for a service or for a schedule.", "Write --service NAME or --schedule NAME.");
        var at = parse.GetValue(_at) is { } time ? $"&at={time}" : "";
        return await run.Server.GetAsync<OnCallAnswer>($"/api/v1/oncall?{(service.Length > 0 ? $"service={Uri.EscapeDataString(service)}" : $"schedule={Uri.EscapeDataString(schedule)}")}{at}", run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(OnCallAnswer answer, CommandRun run)
    {
        if (answer.Levels.Count == 0)
        {
            run.Screen.WriteLine($"Nobody is on call for {answer.Service ?? answer.Schedule}.");
            return;
        }

        var table = new TextTable().Column("level", right: true).Column("people").Column("until").Column("why", drop: 1, cut: true);
        foreach (var level in answer.Levels)
            table.Row($"{level.Level}", level.People.Count == 0 ? new TextCell("nobody", "red") : string.Join(", ", level.People), level.Until is { } until ? $"{until:yyyy-MM-dd HH:mm}Z" : "", level.Reason);
        table.Write(run.Screen);
    }
}
