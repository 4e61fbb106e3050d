using System.Buffers.Binary;
using System.IO.Compression;

namespace Nines.Measuring.Ingestion;

/// <summary>
/// Inflates gzip or zlib and notices when the data breaks off: .NET's streams end quietly there (they never compare what
/// they have with the trailer), and half a page would pass for a whole one. Takes one gzip member (RFC 1952, 2.3.1: the
/// last four bytes are its length) or one zlib stream (RFC 1950, 2.2: the last four are the Adler-32 of its text).
/// </summary>
internal sealed class WholeInflate : ForwardStream
{
    private const uint AdlerBase = 65521;

    private readonly Tail _tail;
    private readonly Stream _inflated;
    private readonly bool _gzip;
    private long _total;
    private uint _a = 1, _b;

    private WholeInflate(Stream packed, bool gzip)
    {
        (_tail, _gzip) = (new Tail(packed), gzip);
        _inflated = gzip ? new GZipStream(_tail, CompressionMode.Decompress) : new ZLibStream(_tail, CompressionMode.Decompress);
    }

    /// <summary>Inflates gzip.</summary>
    public static WholeInflate Gzip(Stream packed) => new(packed, gzip: true);

    /// <summary>Inflates what HTTP calls deflate, which is zlib.</summary>
    public static WholeInflate Zlib(Stream packed) => new(packed, gzip: false);

    /// <exception cref="InvalidDataException">It is no such data, or it breaks off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        var read = await _inflated.ReadAsync(buffer, cancellationToken);
        if (read == 0 && !IsWhole()) throw new InvalidDataException("the compressed data breaks off");
        _total += read;
        if (!_gzip) Sum(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflated.Dispose();
        base.Dispose(disposing);
    }

    private bool IsWhole()
    {
        // Nothing at all is an empty body, whatever its header says.
        if (_tail.Count == 0) return true;
        return _gzip
            ? _tail.Count >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(_tail.Last) == (uint)_total
            : _tail.Count >= 6 && BinaryPrimitives.ReadUInt32BigEndian(_tail.Last) == ((_b << 16) | _a);
    }

    private void Sum(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            // 5552 is how many bytes of 255 fit before the second sum overflows 32 bits.
            var part = bytes[..Math.Min(5552, bytes.Length)];
            foreach (var one in part) _b += _a += one;
            (_a, _b) = (_a % AdlerBase, _b % AdlerBase);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Remembers the last four bytes that went through.</summary>
    private sealed class Tail(Stream packed) : ForwardStream
    {
        private readonly byte[] _last = new byte[4];

        public long Count { get; private set; }

        public ReadOnlySpan<byte> Last => _last;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await packed.ReadAsync(buffer, cancellationToken);
            Note(buffer.Span[..read]);
            return read;
        }

        private void Note(ReadOnlySpan<byte> bytes)
        {
            Count += bytes.Length;
            if (bytes.Length >= 4) bytes[^4..].CopyTo(_last);
            else
                foreach (var one in bytes)
                {
                    _last.AsSpan(1).CopyTo(_last);
                    _last[3] = one;
                }
        }
    }
}
