using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;
using Spectre.Console;

namespace Nines.Host;

/// <summary>Puts a backup back into a data folder, or into an empty PostgreSQL database.</summary>
internal sealed class RestoreCommand : CliCommand
{
    private readonly Argument<string> _archive = new("archive") { Description = "What \"nines backup\" wrote" };
    private readonly Option<string> _data = new("--data") { Description = "Data folder to restore into", DefaultValueFactory = _ => "nines-data" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Restore into this empty database instead" };
    private readonly Option<bool> _replace = new("--replace") { Description = "Put what the folder holds aside under another name first" };

    public override string Path => "restore";

    public override string Summary => "Puts a backup back, after checking that it is whole.";

    public override string Example => "nines restore monday.tar --data nines-data";

    public override Permission Permission => Permission.Write("backups");

    public override void Configure(Command command)
    {
        command.Arguments.Add(_archive);
        foreach (var option in new Option[] { _data, _postgres, _replace }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var archive = System.IO.Path.GetFullPath(parse.GetValue(_archive)!);
        var data = System.IO.Path.GetFullPath(parse.GetValue(_data)!);
        var result = parse.GetValue(_postgres) is { } postgres
            ? await CopyProgress.WatchAsync(run, "Restoring", null, () => IntoPostgresAsync(archive, data, postgres, run))
            : await CopyProgress.WatchAsync(run, "Restoring", Share, () => Restore.IntoFolderAsync(archive, data, parse.GetValue(_replace), run.Clock.Now(), run.Stop));
        if (run.Json) run.WriteJson(new { archive, data, result.PutAside, result.Manifest });
        run.Screen.MarkupLineInterpolated($"{result.Manifest.JournalPosition} journal entries and signals up to {result.Manifest.SignalPosition}, as of {result.Manifest.TakenAt}, are back; verified.");
        if (result.PutAside is { } aside) run.Screen.MarkupLineInterpolated($"What was there before is in {aside}.");
        return ExitCode.Done;

        double Share() => Math.Min(1, CopyProgress.BytesIn(Restore.WorkFolder(data)) / (double)Math.Max(1, new FileInfo(archive).Length));
    }

    private static async Task<RestoreResult> IntoPostgresAsync(string archive, string data, string postgres, CommandRun run)
    {
        await using var target = await Store.OpenAsync(new(data, postgres), run.Stop);
        return await Restore.IntoStoreAsync(archive, target, "The database of --postgres", data, run.Stop);
    }
}
