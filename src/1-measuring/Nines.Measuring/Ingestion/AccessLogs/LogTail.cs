using Microsoft.Win32.SafeHandles;

namespace Nines.Measuring.Ingestion.AccessLogs;

/// <summary>Some whole lines of a log, and where they end.</summary>
/// <param name="Lines">Bytes that end with a line break, or the last line of a file that was rotated away.</param>
/// <param name="End">To be kept once the lines are counted.</param>
internal readonly record struct LogChunk(ReadOnlyMemory<byte> Lines, LogPosition End);

/// <summary>
/// Follows one log over rotation by rename (the old file is read to its end, then the new one from its beginning) and by
/// truncation. It hands out whole lines only; the position moves when the caller says that the lines are counted.
/// </summary>
internal sealed class LogTail(string path, LogPosition? start, bool startAtEnd) : IDisposable
{
    private const int ChunkSize = 1 << 20;

    private readonly byte[] _buffer = new byte[ChunkSize];
    private SafeFileHandle? _file;
    private LogPosition _position = start ?? default;
    private bool _fresh = start is null;

    /// <summary>Times that the place was lost: the file with the last position is gone, so some lines may be missing.</summary>
    public int Lost { get; private set; }

    /// <summary>The next whole lines; null while there are none. Throws only what the disk throws.</summary>
    public LogChunk? Next()
    {
        for (var turn = 0; turn < 4; turn++)
        {
            if (_file is null && !Open()) return null;
            if (!SameFile(_file!)) _position = default;
            var read = RandomAccess.Read(_file!, _buffer, _position.Offset);
            var whole = _buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            // A line longer than the buffer is handed out in pieces, which no format will take for lines.
            if (whole == 0 && read == _buffer.Length) whole = read;
            if (whole > 0) return Chunk(whole);
            if (!Rotated()) return null;
            if (read > 0) return Chunk(read);
            Close();
            _position = default;
        }

        return null;
    }

    /// <summary>The lines of the last chunk are counted.</summary>
    public void Counted(LogChunk chunk) => _position = chunk.End;

    /// <inheritdoc />
    public void Dispose() => Close();

    private bool Open()
    {
        var opened = OpenFile(path);
        var first = _fresh;
        _fresh = false;
        if (opened is null) return false;
        if (first && startAtEnd) _position = AtEnd(opened);

        _file = opened;
        if (SameFile(opened)) return true;
        // The file that was being read has another name by now, or is gone.
        opened.Dispose();
        _file = FindRotated();
        if (_file is not null) return true;
        Lost++;
        _position = default;
        _file = OpenFile(path);
        return _file is not null;
    }

    private SafeFileHandle? FindRotated()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var stem = Path.GetFileNameWithoutExtension(path);
        foreach (var candidate in Directory.EnumerateFiles(folder, stem + "*").Order(StringComparer.Ordinal).Take(100))
        {
            if (candidate == Path.GetFullPath(path) || OpenFile(candidate) is not { } opened) continue;
            if (SameFile(opened)) return opened;
            opened.Dispose();
        }

        return null;
    }

    // The file at the path is another one than the file that is open.
    private bool Rotated()
    {
        if (_position.Offset == 0 && RandomAccess.GetLength(_file!) == 0)
        {
            // Nothing tells two empty files apart: look at the path anew next time.
            Close();
            return false;
        }

        using var there = OpenFile(path);
        if (there is null) return false;
        Span<byte> own = stackalloc byte[LogPosition.MaxHead];
        Span<byte> other = stackalloc byte[LogPosition.MaxHead];
        var ownLength = RandomAccess.Read(_file!, own, 0);
        var otherLength = RandomAccess.Read(there, other, 0);
        return otherLength < ownLength || !own[..ownLength].SequenceEqual(other[..ownLength]);
    }

    // The first bytes are those that were counted, and nothing was cut off.
    private bool SameFile(SafeFileHandle opened)
    {
        if (_position.Offset == 0) return true;
        if (RandomAccess.GetLength(opened) < _position.Offset) return false;
        Span<byte> head = stackalloc byte[LogPosition.MaxHead];
        var length = RandomAccess.Read(opened, head[.._position.HeadLength], 0);
        return length == _position.HeadLength && LogPosition.HashOf(head[..length]) == _position.Head;
    }

    private LogChunk Chunk(int length)
    {
        var offset = _position.Offset + length;
        return new LogChunk(_buffer.AsMemory(0, length), At(_file!, offset));
    }

    private static LogPosition AtEnd(SafeFileHandle opened)
    {
        // Behind the last whole line; a long last line is passed over.
        var length = RandomAccess.GetLength(opened);
        var tail = new byte[Math.Min(length, 64 * 1024)];
        var read = RandomAccess.Read(opened, tail, length - tail.Length);
        var last = tail.AsSpan(0, read).LastIndexOf((byte)'\n');
        return last < 0 ? default : At(opened, length - tail.Length + last + 1);
    }

    private static LogPosition At(SafeFileHandle opened, long offset)
    {
        Span<byte> head = stackalloc byte[LogPosition.MaxHead];
        var length = RandomAccess.Read(opened, head[..(int)Math.Min(offset, LogPosition.MaxHead)], 0);
        return new LogPosition(offset, length, LogPosition.HashOf(head[..length]));
    }

    private static SafeFileHandle? OpenFile(string name)
    {
        try
        {
            return File.OpenHandle(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
