using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall feed</c>.</summary>
internal sealed class OnCallFeedCommand : AskCommand<FeedAddress>
{
    private readonly Option<string> _schedule = new("--schedule") { Description = "The schedule" };
    private readonly Option<string> _person = new("--person") { Description = "Or the person" };
    private readonly Option<bool> _rotate = new("--rotate") { Description = "Replace the address; the old one no longer works" };

    /// <inheritdoc />
    public override string Path => "oncall feed";

    /// <inheritdoc />
    public override string Summary => "Makes a secret address at which calendars read a schedule, or a person's shifts.";

    /// <inheritdoc />
    public override string Example => "nines oncall feed --schedule payments";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_schedule);
        command.Options.Add(_person);
        command.Options.Add(_rotate);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<FeedAddress>> AskAsync(ParseResult parse, CommandRun run)
    {
        var (schedule, person) = (parse.GetValue(_schedule) ?? "", parse.GetValue(_person) ?? "");
        if (schedule.Length > 0 == person.Length > 0) return Problem.Invalid("A calendar is a schedule's or a person's.", "Write --schedule NAME or --person NAME.");
        var of = schedule.Length > 0 ? $"schedules/{Uri.EscapeDataString(schedule)}" : $"oncall/people/{Uri.EscapeDataString(person)}";
        return await run.Server.SendAsync<FeedAddress>(new(HttpMethod.Post, $"/api/v1/{of}/feed?rotate={(parse.GetValue(_rotate) ? "true" : "false")}"), run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(FeedAddress answer, CommandRun run) =>
        run.WriteRaw($"{new Uri(run.Server.Address, answer.Path)}\nKeep it to yourself: whoever has it reads the calendar. It is said only now.\n");
}
