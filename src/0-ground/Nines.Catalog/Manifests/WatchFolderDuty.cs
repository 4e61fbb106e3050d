using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Manifests;

/// <summary>
/// Keeps the house like the watched folder: looks every few seconds, and acts when the files' content has changed.
/// </summary>
public sealed partial class WatchFolderDuty(
    ApplyManifests apply, CompiledManifests compiled, IOptions<ManifestsOptions> options, TimeProvider clock, ILogger<WatchFolderDuty> log) : Duty
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    // The journal keeps what was applied; this is only what the last look saw, so a restart looks again.
    private string _seen = "";
    private Instant _next = Instant.MinValue;

    /// <summary>What the last look found wrong or worth knowing; files that are broken keep their last good version.</summary>
    public WatchedFolder Status { get; private set; } = new(null, null, 0, [], []);

    /// <inheritdoc />
    public override string Name => "manifests.watch-folder";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) => options.Value.Folder is null ? null : _next;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        _next = clock.Now() + Duration.FromSeconds(options.Value.EverySeconds);
        await LookAsync(now, stop);
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(Instant now, CancellationToken stop)
    {
        var folder = options.Value.Folder!;
        var (texts, unread) = ReadFiles(folder);
        var hash = HashOf(texts, unread);
        if (hash == _seen) return;
        var problems = new ProblemList();
        problems.AddRange(unread);
        var documents = texts.SelectMany(t => ManifestParser.Parse(t.Text, t.File, problems)).Select(d => compiled.Kinds.Compile(d, kept: true)).ToArray();
        var sync = await apply.SyncFolderAsync(Actor.Duty(Name), new([.. texts.Select(t => t.File)], documents, problems.Problems), stop);
        _seen = hash;
        Status = new(folder, now, documents.Length, sync.BrokenFiles, sync.Problems);
        LogLooked(log, folder, sync.Applied.Count, sync.Deleted.Count, sync.BrokenFiles.Count);
        foreach (var problem in sync.Problems.Where(p => p.IsError)) LogProblem(log, problem.ToString());
    }

    private static (List<(string File, string Text)> Texts, List<Problem> Unread) ReadFiles(string folder)
    {
        var (texts, unread) = (new List<(string, string)>(), new List<Problem>());
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && !Path.GetRelativePath(folder, f).Split('/', '\\').Any(p => p.StartsWith('.')))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var file = Path.GetRelativePath(folder, name).Replace('\\', '/');
            var read = ManifestFiles.Read(name, file);
            if (read.Ok) texts.Add((file, read.Value));
            else unread.AddRange(read.Problems);
        }

        return (texts, unread);
    }

    private static string HashOf(List<(string File, string Text)> texts, List<Problem> unread)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, text) in texts) hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0{text.Length}\0{text}"));
        foreach (var problem in unread) hash.AppendData(Encoding.UTF8.GetBytes(problem.ToString()));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    [LoggerMessage(101, LogLevel.Information, "Folder {Folder}: {Applied} manifests applied, {Deleted} deleted, {Broken} files broken")]
    private static partial void LogLooked(ILogger log, string folder, int applied, int deleted, int broken);

    [LoggerMessage(102, LogLevel.Warning, "{Problem}")]
    private static partial void LogProblem(ILogger log, string problem);
}

/// <summary>How the watched folder stands.</summary>
/// <param name="Folder">The folder; null where none is watched.</param>
/// <param name="LookedAt">When its content was last taken.</param>
/// <param name="Documents">How many documents it holds.</param>
/// <param name="BrokenFiles">Files whose last good version stays.</param>
/// <param name="Problems">What is wrong or worth knowing.</param>
public sealed record WatchedFolder(string? Folder, Instant? LookedAt, int Documents, IReadOnlyList<string> BrokenFiles, IReadOnlyList<Problem> Problems);
