using System.CommandLine;
using System.Globalization;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using Spectre.Console;

namespace Nines.Paging.Handoffs.Cli;

/// <summary><c>nines oncall health</c>.</summary>
internal sealed class HealthCommand : AskCommand<HealthAnswer>
{
    private readonly Option<string> _person = new("--person") { Description = "Of one person" };
    private readonly Option<string> _team = new("--team") { Description = "Of a team" };
    private readonly Option<string> _service = new("--service") { Description = "Of a service" };
    private readonly Option<int> _days = new("--days") { Description = "Over how many days", DefaultValueFactory = _ => 28 };

    public override string Path => "oncall health";

    public override string Summary => "Measures on-call health: seven metrics, what woke people, and services that call too often.";

    public override string Example => "nines oncall health --team payments --days 28";

    public override Permission Permission => Permission.Read("handoffs");

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _person, _team, _service, _days }) command.Options.Add(option);
    }

    protected override Task<Outcome<HealthAnswer>> AskAsync(ParseResult parse, CommandRun run)
    {
        var asked = new[] { ("person", parse.GetValue(_person)), ("team", parse.GetValue(_team)), ("service", parse.GetValue(_service)) }
            .Where(a => a.Item2 is { Length: > 0 }).Select(a => $"&{a.Item1}={Uri.EscapeDataString(a.Item2!)}");
        return run.Server.GetAsync<HealthAnswer>($"/api/v1/oncall/health?days={parse.GetValue(_days)}{string.Concat(asked)}", run.Stop);
    }

    protected override void Show(HealthAnswer answer, CommandRun run)
    {
        var report = answer.Report;
        run.Screen.WriteLine($"{report.Subject}: {report.Pages} pages, {report.Sleep} of them in sleep hours, since {report.From:yyyy-MM-dd}.");
        var table = new TextTable().Column("metric").Column("value", right: true).Column("unit").Column("state").Column("from", right: true, drop: 1);
        foreach (var f in report.Figures) table.Row(f.Title, f.Value is { } v ? v.ToString("0.##", CultureInfo.InvariantCulture) : "—", f.Unit, TextCell.Of(f.State.ToString().ToLowerInvariant()), $"{f.From}");
        table.Write(run.Screen);
        var loud = answer.Services.Where(s => !s.Within).ToArray();
        foreach (var s in loud) run.Screen.WriteLine($"{(s.Service.Length > 0 ? s.Service : "no service")} called {s.Worst} times in one week; the target is {HealthLimits.PagesPerWeek}.");
        foreach (var w in answer.WakeDebt.Take(5)) run.Screen.WriteLine($"woke {string.Join(", ", w.People)} {w.Wakes} times, {w.Minutes:0} minutes: {w.Title}");
    }
}

/// <summary><c>nines oncall handoff</c>.</summary>
internal sealed class HandoffCommand : CliCommand
{
    private readonly Option<string> _schedule = new("--schedule") { Description = "The schedule" };
    private readonly Option<string> _id = new("--id") { Description = "A past handoff; the coming one when left out" };
    private readonly Option<bool> _list = new("--list") { Description = "List past handoffs" };

    public override string Path => "oncall handoff";

    public override string Summary => "Writes the handoff of a shift as Markdown: open pages, silences, changes, what woke people.";

    public override string Example => "nines oncall handoff --schedule payments";

    public override Permission Permission => Permission.Read("handoffs");

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _schedule, _id, _list }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var (schedule, id) = (parse.GetValue(_schedule) ?? "", parse.GetValue(_id) ?? "");
        if (parse.GetValue(_list)) return await ListAsync(schedule, run);
        if (schedule.Length > 0 == id.Length > 0) return run.Fail([Problem.Invalid("Ask for the coming handoff of a schedule, or for a past one.", "Write --schedule NAME or --id ID.")]);
        var path = id.Length > 0 ? $"/api/v1/oncall/handoffs/{Uri.EscapeDataString(id)}?format=" : $"/api/v1/oncall/handoff?schedule={Uri.EscapeDataString(schedule)}&format=";
        if (run.Json)
        {
            var document = await run.Server.GetAsync<HandoffDocument>(path + "json", run.Stop);
            if (document.Ok) run.WriteJson(document.Value);
            return document.Ok ? ExitCode.Done : run.Fail(document.Problems);
        }

        var text = await run.Server.GetAsync<string>(path + "md", run.Stop);
        if (!text.Ok) return run.Fail(text.Problems);
        run.WriteRaw(text.Value);
        return ExitCode.Done;
    }

    private static async Task<int> ListAsync(string schedule, CommandRun run)
    {
        var rows = await run.Server.GetAsync<IReadOnlyList<HandoffRow>>("/api/v1/oncall/handoffs?schedule=" + Uri.EscapeDataString(schedule), run.Stop);
        if (!rows.Ok) return run.Fail(rows.Problems);
        if (run.Json) run.WriteJson(rows.Value);
        if (rows.Value.Count == 0)
        {
            run.Screen.WriteLine("No shift has ended yet.");
            return ExitCode.Done;
        }

        var table = new TextTable().Column("until").Column("schedule").Column("people").Column("pages", right: true).Column("score", right: true).Column("id", drop: 1);
        foreach (var r in rows.Value) table.Row($"{r.Until:yyyy-MM-dd HH:mm}Z", r.Schedule, r.People.Count == 0 ? "nobody" : string.Join(", ", r.People), $"{r.Pages}", r.Score is { } s ? s.ToString("0.#", CultureInfo.InvariantCulture) : "—", r.Id);
        table.Write(run.Screen);
        return ExitCode.Done;
    }
}

/// <summary><c>nines oncall compensation</c>.</summary>
internal sealed class CompensationCommand : CliCommand
{
    private readonly Option<Instant?> _from = CliOption.Instant("--from", "Since when, such as 2026-11-01T00:00:00Z; 31 days back when left out");
    private readonly Option<Instant?> _to = CliOption.Instant("--to", "Until when; now when left out");
    private readonly Option<string> _schedule = new("--schedule") { Description = "By one schedule" };

    public override string Path => "oncall compensation";

    public override string Summary => "Exports who was on call, to the minute, by business, off and sleep hours of their own zone, as CSV.";

    public override string Example => "nines oncall compensation --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z";

    public override Permission Permission => Permission.Read("handoffs");

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _from, _to, _schedule }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var asked = new[] { ("from", parse.GetValue(_from)?.ToString()), ("to", parse.GetValue(_to)?.ToString()), ("schedule", parse.GetValue(_schedule)), ("format", run.Json ? "json" : "csv") }
            .Where(a => a.Item2 is { Length: > 0 }).Select(a => $"{a.Item1}={Uri.EscapeDataString(a.Item2!)}");
        var path = "/api/v1/oncall/compensation?" + string.Join('&', asked);
        if (run.Json)
        {
            var rows = await run.Server.GetAsync<IReadOnlyList<PayRow>>(path, run.Stop);
            if (rows.Ok) run.WriteJson(rows.Value);
            return rows.Ok ? ExitCode.Done : run.Fail(rows.Problems);
        }

        var text = await run.Server.GetAsync<string>(path, run.Stop);
        if (!text.Ok) return run.Fail(text.Problems);
        run.WriteRaw(text.Value);
        return ExitCode.Done;
    }
}
