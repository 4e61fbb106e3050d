using System.CommandLine;
using Nines.Kernel;
using Nines.Shell;
using Nines.Storage;
using NodaTime;
using NodaTime.Text;
using Spectre.Console;

namespace Nines.Host;

/// <summary>Takes a backup: of a running server over HTTP, or of a data folder or database directly.</summary>
internal sealed class BackupCommand : CliCommand
{
    private static readonly InstantPattern FileTime = InstantPattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss'Z'");

    private readonly Option<string?> _out = new("--out") { Description = "Archive to write (nines-backup-TIME.tar)" };
    private readonly Option<string?> _data = new("--data") { Description = "Read this data folder instead of asking the server; it may be in use" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Read this PostgreSQL instead of asking the server" };

    public override string Path => "backup";

    public override string Summary => "Writes everything into one verified archive, also while the server runs.";

    public override string Example => "nines backup --out monday.tar";

    public override Permission Permission => Permission.Write("backups");

    /// <summary>The archive's name where none is given.</summary>
    public static string NameFor(Instant now) => $"nines-backup-{FileTime.Format(now)}.tar";

    public override void Configure(Command command)
    {
        foreach (var option in new Option[] { _out, _data, _postgres }) command.Options.Add(option);
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandRun run)
    {
        var file = System.IO.Path.GetFullPath(parse.GetValue(_out) ?? NameFor(run.Clock.Now()));
        if (File.Exists(file)) return run.Fail([Problem.Invalid($"{file} is there already.", "Name another file with --out.", "--out")]);
        var partial = file + ".partial";
        try
        {
            await using (var archive = Private(partial))
            {
                run.Messages.MarkupLine("Copying; the server goes on meanwhile.");
                var size = parse.GetValue(_data) is { } data && parse.GetValue(_postgres) is null ? CopyProgress.BytesIn(data) : 0;
                var written = await CopyProgress.WatchAsync(
                    run, "Copying", size == 0 ? null : () => Math.Min(1, new FileInfo(partial).Length / (double)size), () => WriteAsync(parse, run, archive));
                if (!written.Ok) return run.Fail(written.Problems);
                archive.Flush(flushToDisk: true);
            }

            var manifest = await CopyProgress.WatchAsync(run, "Checking", null, () => BackupArchive.VerifyAsync(partial, run.Stop));
            File.Move(partial, file);
            Say(run, file, manifest);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException and not StorageException or UnauthorizedAccessException)
        {
            return run.Fail([Problem.Invalid($"{file} cannot be written ({e.Message}).", "Name a place with room and the right to write with --out.", "--out")]);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>A new file that only its owner may read: people's keys are in it.</summary>
    private static FileStream Private(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(file, options);
    }

    private async Task<Outcome<long>> WriteAsync(ParseResult parse, CommandRun run, FileStream archive)
    {
        var now = run.Clock.Now();
        if (parse.GetValue(_postgres) is { } postgres)
        {
            var node = Directory.CreateTempSubdirectory("nines-backup-");
            try
            {
                await using var store = await Store.OpenAsync(new(parse.GetValue(_data) ?? node.FullName, postgres), run.Stop);
                return (await Backup.WriteAsync(store, archive, now, run.Stop)).Bytes;
            }
            finally
            {
                node.Delete(recursive: true);
            }
        }

        if (parse.GetValue(_data) is { } data) return (await Backup.WriteAsync(data, archive, now, run.Stop)).Bytes;
        return await run.Server.DownloadAsync("/api/v1/backup", archive, run.Stop);
    }

    private static void Say(CommandRun run, string file, BackupManifest manifest)
    {
        if (run.Json) run.WriteJson(new { file, manifest });
        run.Screen.MarkupLineInterpolated($"{file}: {manifest.JournalPosition} journal entries, signals up to {manifest.SignalPosition}, {manifest.Bytes / 1048576.0:0.0} MiB; verified.");
    }
}
