using System.Runtime.CompilerServices;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// The signal log as a run of append-only files. A body of 35 kB costs a quarter of the processor time that a row in a
/// B-tree costs (docs/storage.md), and no checkpoint of blocks ever delays an append.
/// </summary>
internal sealed class SegmentLog : IDisposable
{
    private const long DefaultSegmentSize = 64 << 20;

    private readonly string _folder;
    private readonly long _segmentSize;
    private readonly HeadWitness _witness;
    private readonly Lock _gate = new();
    private readonly List<Segment> _segments;
    private SegmentWriter? _writer;
    private long _forgotten;

    /// <summary>Opens the log and reads it through once: every whole record is kept, a torn end is cut off.</summary>
    /// <param name="folder">Where the segments are.</param>
    /// <param name="forgotten">The position up to which a checkpoint has everything.</param>
    /// <param name="segmentSize">Bytes after which a new segment begins.</param>
    /// <exception cref="StorageException">Acknowledged records are missing.</exception>
    public SegmentLog(string folder, long forgotten, long segmentSize = DefaultSegmentSize)
    {
        (_folder, _segmentSize) = (folder, segmentSize);
        Directory.CreateDirectory(folder);
        _segments = SegmentScan.Read(folder, forgotten);
        Head = Math.Max(forgotten, _segments.Count == 0 ? 0 : _segments[^1].Last);
        _witness = new(Path.Combine(folder, "log.head"));
        try
        {
            if (_witness.Known > Head) throw SegmentScan.Lost(_segments.Count == 0 ? folder : _segments[^1].File, Head, _witness.Known);
            _witness.Write(Head);
        }
        catch
        {
            _witness.Dispose();
            throw;
        }
    }

    /// <summary>The newest durable position.</summary>
    public long Head { get; private set; }

    /// <summary>Makes a group durable with one flush.</summary>
    public void Append(IReadOnlyList<LogWork> group)
    {
        SkipTo(Interlocked.Read(ref _forgotten));
        var writer = _writer ??= Roll();
        try
        {
            writer.Append(group);
        }
        catch
        {
            // After a failed flush the kernel may have dropped what it could not write: never trust that file's end again.
            writer.Dispose();
            _writer = null;
            throw;
        }

        Head += group.Count;
        _witness.Write(Head);
        if (_segments[^1].Length < _segmentSize) return;
        writer.Dispose();
        _writer = null;
    }

    /// <summary>The records after a position, up to the newest at the time of the call.</summary>
    public async IAsyncEnumerable<SignalRecord> ReadAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        (Segment Segment, long Length, long Before)[] all;
        lock (_gate)
        {
            all = [.. _segments.Select((s, i) => (s, s.Length, i + 1 < _segments.Count ? _segments[i + 1].First : long.MaxValue))];
        }

        foreach (var (segment, length, before) in all.Where(s => s.Segment.Last > after))
        {
            foreach (var (record, _) in segment.Read(length))
            {
                stop.ThrowIfCancellationRequested();
                if (record.Position > after && record.Position < before) yield return record;
            }
        }
    }

    /// <summary>Positions go on after what is forgotten, also where the log began elsewhere (a restored store).</summary>
    private void SkipTo(long position)
    {
        if (position <= Head) return;
        Head = position;
        _writer?.Dispose();
        _writer = null;
    }

    /// <summary>Deletes segments that hold nothing after a position.</summary>
    public void Forget(long upTo)
    {
        Interlocked.Exchange(ref _forgotten, upTo);
        Segment[] gone;
        lock (_gate)
        {
            gone = [.. _segments.Take(_segments.Count - 1).TakeWhile(s => s.Last <= upTo)];
            _segments.RemoveRange(0, gone.Length);
        }

        foreach (var segment in gone) File.Delete(segment.File);
    }

    private SegmentWriter Roll()
    {
        var segment = new Segment(Segment.PathOf(_folder, Head + 1), Head + 1);
        var writer = new SegmentWriter(segment);
        DiskFlush.Folder(_folder);
        lock (_gate)
        {
            if (_segments.Count > 0 && _segments[^1].First == segment.First) _segments.RemoveAt(_segments.Count - 1);
            _segments.Add(segment);
        }

        return writer;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _witness.Dispose();
    }
}
