using Nines.Kernel;

namespace Nines.Storage;

/// <summary>One file of the signal log, named by its first position; read from the beginning, appended at the end.</summary>
/// <param name="file">Its path.</param>
/// <param name="first">The position of its first record.</param>
internal sealed class Segment(string file, long first)
{
    private long _length;

    public string File { get; } = file;

    public long First { get; } = first;

    /// <summary>The newest position in it that is durable; <c>First - 1</c> while it is empty.</summary>
    public long Last { get; private set; } = first - 1;

    /// <summary>Bytes that are durable.</summary>
    public long Length => Volatile.Read(ref _length);

    /// <summary>The path of a segment in a folder.</summary>
    public static string PathOf(string folder, long first) => Path.Combine(folder, $"{first:D19}.seg");

    /// <summary>The first position that a file's name says, or 0 where it is no segment.</summary>
    public static long FirstOf(string file) => long.TryParse(Path.GetFileNameWithoutExtension(file), out var first) ? first : 0;

    public void Grew(long length, long last)
    {
        Last = last;
        Volatile.Write(ref _length, length);
    }

    /// <summary>
    /// Reads every whole record in order up to the durable length, or, when that is not yet known, to the first byte that
    /// is no record. Each must follow the one before.
    /// </summary>
    public IEnumerable<(SignalRecord Record, long End)> Read(long upTo = long.MaxValue)
    {
        using var stream = Open();
        var head = new byte[SegmentRecord.HeadSize];
        var at = 0L;
        for (var expected = First; at < upTo; expected++)
        {
            if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) yield break;
            if (!SegmentRecord.TryRead(head, out var record) || record.Position != expected) yield break;
            if (record.Length > stream.Length - stream.Position) yield break;
            var body = new byte[record.Length];
            if (stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length || !record.Fits(head, body)) yield break;
            at += SegmentRecord.HeadSize + record.Length;
            yield return (new(record.Position, record.Kind, record.AtUnixMs, body), at);
        }
    }

    private FileStream Open()
    {
        try
        {
            return new(File, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 1 << 17,
                Options = FileOptions.SequentialScan,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{File} cannot be read ({e.Message}). Check that the user who runs Nines may read it; nothing was changed.", e);
        }
    }
}
