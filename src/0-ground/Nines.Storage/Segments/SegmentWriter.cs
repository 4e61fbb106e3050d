using Microsoft.Win32.SafeHandles;

namespace Nines.Storage;

/// <summary>Appends to one segment. A group is one gathered write and one flush; it is durable when the call returns.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly Segment _segment;
    private readonly SafeFileHandle _handle;
    private byte[] _heads = new byte[64 * SegmentRecord.HeadSize];

    /// <summary>Opens the segment's file, cut to what is known to be whole.</summary>
    public SegmentWriter(Segment segment)
    {
        _segment = segment;
        try
        {
            _handle = File.OpenHandle(segment.File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            if (RandomAccess.GetLength(_handle) != segment.Length) RandomAccess.SetLength(_handle, segment.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _handle?.Dispose();
            throw FileErrors.For(e, segment.File);
        }
    }

    /// <summary>Makes the group durable, or nothing of it.</summary>
    public void Append(IReadOnlyList<LogWork> group)
    {
        var buffers = Gather(group, out var bytes);
        try
        {
            RandomAccess.Write(_handle, buffers, _segment.Length);
            DiskFlush.Data(_handle);
        }
        catch (IOException e)
        {
            CutBack();
            throw FileErrors.For(e, _segment.File);
        }

        _segment.Grew(_segment.Length + bytes, _segment.Last + group.Count);
    }

    private ReadOnlyMemory<byte>[] Gather(IReadOnlyList<LogWork> group, out long bytes)
    {
        if (_heads.Length < group.Count * SegmentRecord.HeadSize) _heads = new byte[group.Count * SegmentRecord.HeadSize];
        var buffers = new ReadOnlyMemory<byte>[group.Count * 2];
        bytes = 0;
        for (var i = 0; i < group.Count; i++)
        {
            var work = group[i];
            work.Position = _segment.Last + 1 + i;
            var head = _heads.AsMemory(i * SegmentRecord.HeadSize, SegmentRecord.HeadSize);
            SegmentRecord.Write(head.Span, work.Position, work.AtUnixMs, work.Kind, work.Body.Span);
            buffers[2 * i] = head;
            buffers[(2 * i) + 1] = work.Body;
            bytes += head.Length + work.Body.Length;
        }

        return buffers;
    }

    /// <summary>What a failed write left behind was never acknowledged; where it cannot be cut off, the next start does.</summary>
    private void CutBack()
    {
        try
        {
            RandomAccess.SetLength(_handle, _segment.Length);
        }
        catch (IOException)
        {
            // A scan ends at the first record that is not whole, or at the next segment's first position.
        }
    }

    public void Dispose() => _handle.Dispose();
}
