using System.CommandLine;
using System.Text;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Calendars;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall import-ical</c>: a calendar as a schedule's manifest, or as overrides of one.</summary>
internal sealed class OnCallImportCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The calendar, an .ics file", Required = true };
    private readonly Option<string> _schedule = new("--schedule") { Description = "Set its events as overrides of this schedule" };
    private readonly Option<int> _days = new("--days") { Description = "How far ahead events become overrides", DefaultValueFactory = _ => 90 };
    private readonly Option<string> _name = new("--name") { Description = "Or print a schedule of this name that consists of it", DefaultValueFactory = _ => "calendar" };
    private readonly Option<string> _zone = new("--zone") { Description = "The zone of that schedule", DefaultValueFactory = _ => "UTC" };

    /// <inheritdoc />
    public override string Path => "oncall import-ical";

    /// <inheritdoc />
    public override string Summary => "Takes a calendar: its events become overrides of a schedule, or a schedule of its own is printed.";

    /// <inheritdoc />
    public override string Example => "nines oncall import-ical -f holidays.ics --schedule payments";

    /// <inheritdoc />
    public override Permission Permission => Permission.Write("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _file, _schedule, _days, _name, _zone }) command.Options.Add(option);
    }

    /// <inheritdoc />
    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var file = parse.GetValue(_file)!;
        var text = ManifestFiles.Read(file, file);
        if (!text.Ok) return run.Fail(text.Problems);
        if (parse.GetValue(_schedule) is { Length: > 0 } schedule) return await SetAsync(parse, run, text.Value, schedule);
        var calendar = IcsReader.Read(text.Value);
        if (calendar.Events.Count > 0) run.WriteRaw(Manifest(parse.GetValue(_name)!, parse.GetValue(_zone)!, text.Value));
        return run.Fail([.. calendar.Problems.Select(p => p with { Place = p.Place is { } at ? at with { File = file } : null })]);
    }

    private async Task<int> SetAsync(ParseResult parse, CommandRun run, string text, string schedule)
    {
        using var content = new StringContent(text, Encoding.UTF8, "text/calendar");
        var imported = await run.Server.SendAsync<ImportedOverrides>(new(HttpMethod.Post, $"/api/v1/schedules/{Uri.EscapeDataString(schedule)}/overrides/ical?days={parse.GetValue(_days)}") { Content = content }, run.Stop);
        if (!imported.Ok) return run.Fail(imported.Problems);
        if (run.Json) run.WriteJson(imported.Value);
        run.Screen.WriteLine($"{imported.Value.Set} overrides set; {imported.Value.Unchanged} events say what is so anyway.");
        return run.Fail(imported.Value.Problems);
    }

    private static string Manifest(string name, string zone, string text)
    {
        var yaml = new StringBuilder().Append("apiVersion: nines/v1\nkind: Schedule\nmetadata: { name: ").Append(name).Append(" }\nspec:\n  timeZone: ").Append(zone)
            .Append("\n  layers:\n    - name: calendar\n      ical: |\n");
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')) yaml.Append("        ").Append(line).Append('\n');
        return yaml.ToString();
    }
}
