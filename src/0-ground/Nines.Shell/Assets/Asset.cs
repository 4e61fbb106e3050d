using System.IO.Compression;
using System.Security.Cryptography;

namespace Nines.Shell.Assets;

/// <summary>One file that the browser gets: its bytes under a name that changes with them, so it may be kept forever.</summary>
public sealed class Asset
{
    // Strong enough to be within 3 % of the best size, and done in a few milliseconds when first asked for.
    private const int BrotliQuality = 9;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    internal Asset(string name, string contentType, byte[] plain)
    {
        Name = name;
        ContentType = contentType;
        Plain = plain;
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 6));
        HashedName = $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}";
        _brotli = new(() => Compress(output => new BrotliStream(output, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true)));
        _gzip = new(() => Compress(output => new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true)));
    }

    /// <summary>The name pages use when they ask for the address, such as <c>nines.css</c>.</summary>
    public string Name { get; }

    /// <summary>The name in the address: it holds the first twelve digits of the content's SHA-256.</summary>
    public string HashedName { get; }

    public string ContentType { get; }

    /// <summary>Where the browser finds it.</summary>
    public string Address => "/assets/" + HashedName;

    /// <summary>As it is, for whoever writes it somewhere else.</summary>
    public byte[] Plain { get; }

    /// <summary>The bytes in the best encoding that the browser accepts; fonts and pictures are already compressed.</summary>
    internal (byte[] Body, string? Encoding) For(string acceptEncoding)
    {
        if (ContentType.StartsWith("font/", StringComparison.Ordinal) || ContentType == "image/png") return (Plain, null);
        if (acceptEncoding.Contains("br", StringComparison.Ordinal)) return (_brotli.Value, "br");
        return acceptEncoding.Contains("gzip", StringComparison.Ordinal) ? (_gzip.Value, "gzip") : (Plain, null);
    }

    private byte[] Compress(Func<Stream, Stream> through)
    {
        using var output = new MemoryStream();
        using (var stream = through(output)) stream.Write(Plain);
        return output.ToArray();
    }
}
