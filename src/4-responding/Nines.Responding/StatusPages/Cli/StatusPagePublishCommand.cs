using System.CommandLine;
using System.IO.Compression;
using Nines.Kernel;
using Nines.Shell;
using Spectre.Console;

namespace Nines.Responding.StatusPages.Cli;

/// <summary><c>nines statuspage publish</c>.</summary>
internal sealed class StatusPagePublishCommand : AskCommand<StatusPagePublishCommand.Written>
{
    private readonly Argument<string> _page = new("page") { Description = "Name of the page" };
    private readonly Option<DirectoryInfo> _to = new("--to") { Description = "The folder; it is made where it is not there", Required = true };

    /// <inheritdoc />
    public override string Path => "statuspage publish";

    /// <inheritdoc />
    public override string Summary => "Writes a page as files that any web server shows, each of them whole; a server that serves the folder never shows half of one.";

    /// <inheritdoc />
    public override string Example => "nines statuspage publish shop --to /srv/status";

    /// <inheritdoc />
    public override Permission Permission => Permission.Read("statuspages");

    /// <inheritdoc />
    public override void Configure(Command command)
    {
        command.Arguments.Add(_page);
        command.Options.Add(_to);
    }

    /// <inheritdoc />
    protected override async Task<Outcome<Written>> AskAsync(ParseResult parse, CommandRun run)
    {
        using var archive = new MemoryStream();
        var answer = await run.Server.DownloadAsync($"/api/v1/statuspages/{Uri.EscapeDataString(parse.GetValue(_page)!)}/site", archive, run.Stop);
        if (!answer.Ok) return Outcome<Written>.Failed(answer.Problems);
        archive.Position = 0;
        var files = new List<(string, byte[])>();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Read))
            foreach (var entry in zip.Entries)
            {
                using var body = new MemoryStream();
                await using var from = await entry.OpenAsync(run.Stop);
                await from.CopyToAsync(body, run.Stop);
                files.Add((entry.FullName, body.ToArray()));
            }

        var folder = parse.GetValue(_to)!.FullName;
        try
        {
            return new Written(folder, files.Count, await StaticFolder.WriteAsync(folder, files, run.Stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Problem.Invalid($"{folder} cannot be written: {e.Message}", "Name a folder that you may write to.", "--to");
        }
    }

    /// <inheritdoc />
    protected override void Show(Written answer, CommandRun run) => run.Screen.WriteLine($"{answer.Files} files in {answer.Folder}, {answer.Changed} of them new or changed.");

    /// <summary>What was written.</summary>
    internal sealed record Written(string Folder, int Files, int Changed);
}
