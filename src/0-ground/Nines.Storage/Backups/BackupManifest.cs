using NodaTime;

namespace Nines.Storage;

/// <summary>What a backup holds; the first file of its archive.</summary>
/// <param name="Format">1; a newer one is refused.</param>
/// <param name="TakenAt">When it was begun.</param>
/// <param name="JournalPosition">The newest entry in it.</param>
/// <param name="SignalCheckpoint">The log position up to which blocks and states have everything.</param>
/// <param name="SignalPosition">The newest body in it.</param>
/// <param name="Files">Every other file.</param>
public sealed record BackupManifest(
    int Format, Instant TakenAt, long JournalPosition, long SignalCheckpoint, long SignalPosition, IReadOnlyList<BackupFile> Files)
{
    /// <summary>The format that this build writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Its name in the archive.</summary>
    public const string Name = "manifest.json";

    /// <summary>How many bytes the files have.</summary>
    public long Bytes => Files.Sum(f => f.Bytes);
}

/// <summary>One file of a backup.</summary>
/// <param name="Name">Its path in the archive, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256);
