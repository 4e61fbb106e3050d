using System.CommandLine;
using System.Text;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Paging.Schedules.Cli;

/// <summary><c>nines oncall preview</c>: who would be on call otherwise, before a manifest is applied.</summary>
internal sealed class OnCallPreviewCommand : AskCommand<SchedulePreview[]>
{
    private const int Shown = 20;

    private readonly Option<string[]> _files = new("--file", "-f") { Description = "File or folder of manifests; may be repeated", AllowMultipleArgumentsPerToken = true, Required = true };
    private readonly Option<int> _days = new("--days") { Description = "How far ahead", DefaultValueFactory = _ => 90 };

    /// <inheritdoc />
    public override string Path => "oncall preview";

    /// <inheritdoc />
    public override string Summary => "Says who would be on call otherwise if these schedules were applied; changes nothing.";

    /// <inheritdoc />
    public override string Example => "nines oncall preview -f payments.yaml --days 90";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("schedules");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Options.Add(_files);
        command.Options.Add(_days);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<SchedulePreview[]>> AskAsync(ParseResult parse, CommandRun run)
    {
        var text = new StringBuilder();
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            var files = ManifestFiles.Expand(path);
            if (!files.Ok) return Outcome<SchedulePreview[]>.Failed(files.Problems);
            foreach (var file in files.Value)
            {
                var read = ManifestFiles.Read(file, file);
                if (!read.Ok) return Outcome<SchedulePreview[]>.Failed(read.Problems);
                text.Append(read.Value).Append("\n---\n");
            }
        }

        using var content = new StringContent(text.ToString(), Encoding.UTF8, "application/yaml");
        return await run.Server.SendAsync<SchedulePreview[]>(new(HttpMethod.Post, $"/api/v1/schedules/preview?days={parse.GetValue(_days)}") { Content = content }, run.Stop);
    }

    /// <inheritdoc />
    protected override void Show(SchedulePreview[] answer, CommandRun run)
    {
        foreach (var one in answer)
        {
            run.Screen.WriteLine($"{one.Schedule}{(one.New ? " (new)" : "")}: now {Names(one.Now)}{(RotaDiff.SamePeople(one.Now, one.NowAfter) ? ", and so it stays" : $", then {Names(one.NowAfter)}")}.");
            if (one.Changes.Count == 0) run.Screen.WriteLine("Nobody would be on call otherwise.");
            if (one.Changes.Count == 0 || one.New) continue;
            var table = new TextTable().Column("from").Column("until").Column("now").Column("then");
            foreach (var c in one.Changes.Take(Shown)) table.Row($"{c.From:yyyy-MM-dd HH:mm}Z", $"{c.Until:yyyy-MM-dd HH:mm}Z", Names(c.Before), c.After.Count == 0 ? new TextCell("nobody", "red") : Names(c.After));
            table.Write(run.Screen);
            if (one.Changes.Count > Shown) run.Screen.WriteLine($"{one.Changes.Count - Shown} more; --json has all.");
        }
    }

    /// <summary>Gaps that are new end a script.</summary>
    protected override int CodeOf(SchedulePreview[] answer) => answer.Any(a => a.Gaps.Count > 0) ? ExitCode.Wait : ExitCode.Done;

    private static string Names(IReadOnlyList<string> people) => people.Count == 0 ? "nobody" : string.Join(", ", people);
}
