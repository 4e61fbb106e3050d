using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Remembers beside the journal the newest acknowledged position. SQLite drops a truncated or damaged end of its
/// write-ahead log without a word; with this file the loss is noticed at the next start. It is written after each
/// commit and never flushed: it may lag behind the journal, and is never ahead of what was durable.
/// </summary>
internal sealed class HeadWitness : IDisposable
{
    private const int Length = 20;

    private readonly string _file;
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _handle;

    public HeadWitness(string file)
    {
        _file = file;
        try
        {
            _handle = File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, file);
        }
    }

    /// <summary>Compares with the journal as it is now.</summary>
    /// <exception cref="StorageException">The journal ends before a position that was acknowledged.</exception>
    public void Check(string journal, long head) => Compare(journal, _file, Known, head);

    /// <summary>The position remembered in a file; 0 where there is none. Who looks at a store in use asks this first, and then how far the store reaches.</summary>
    public static long KnownIn(string file)
    {
        try
        {
            return File.Exists(file) ? Parse(File.ReadAllText(file)) : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, file);
        }
    }

    /// <summary>Refuses a journal that ends before what was remembered.</summary>
    /// <exception cref="StorageException">The journal ends before a position that was acknowledged.</exception>
    public static void Compare(string journal, string file, long known, long head)
    {
        if (known <= head) return;
        throw new StorageException(
            $"{journal} ends at position {head}, but {known} had been acknowledged: its write-ahead log ({journal}-wal) was truncated, damaged or removed. "
            + $"Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last {known - head} entries, delete {file}. Nothing was changed.");
    }

    public void Write(long head)
    {
        Span<byte> text = stackalloc byte[Length];
        text.Fill((byte)' ');
        Utf8Formatter.TryFormat(head, text, out _);
        text[^1] = (byte)'\n';
        try
        {
            RandomAccess.Write(_handle, text, 0);
        }
        catch (IOException)
        {
            // The entries are durable; a witness that lags behind says nothing wrong.
        }
    }

    /// <summary>The position remembered; 0 where there is none.</summary>
    public long Known
    {
        get
        {
            Span<byte> text = stackalloc byte[Length];
            var read = RandomAccess.Read(_handle, text, 0);
            return Parse(Encoding.ASCII.GetString(text[..read]));
        }
    }

    public void Dispose() => _handle.Dispose();

    private static long Parse(string text) => long.TryParse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var head) ? head : 0;
}
