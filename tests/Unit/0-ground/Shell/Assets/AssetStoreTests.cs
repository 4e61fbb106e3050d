using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Nines.Shell.Assets;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Assets;

public sealed class AssetStoreTests
{
    [Fact]
    public void Address_Stylesheet_CarriesTwelveDigitsOfItsHash() =>
        Assert.Matches("^/assets/nines\\.[0-9a-f]{12}\\.css$", AssetStore.Address("nines.css"));

    [Fact]
    public void Find_EveryAddressInTheStylesheet_IsAnAsset()
    {
        var css = Encoding.UTF8.GetString(Sheet().Plain);
        Assert.DoesNotContain("asset:", css, StringComparison.Ordinal);
        foreach (Match match in Regex.Matches(css, "/assets/[^\")]+", RegexOptions.None, TimeSpan.FromSeconds(1)))
            Assert.NotNull(AssetStore.Find(match.Value["/assets/".Length..]));
    }

    [Fact]
    public void For_BrowserThatTakesBrotli_GetsTheSameBytesSmaller()
    {
        var (body, encoding) = Sheet().For("gzip, deflate, br");
        using var plain = new MemoryStream();
        using (var through = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress)) through.CopyTo(plain);

        Assert.Equal("br", encoding);
        Assert.Equal(Sheet().Plain, plain.ToArray());
        Assert.True(body.Length < Sheet().Plain.Length / 3);
    }

    [Fact]
    public void For_ProgramThatNamesNoEncoding_GetsThemPlain() => Assert.Null(Sheet().For("").Encoding);

    private static Asset Sheet() => AssetStore.Find(AssetStore.Address("nines.css")!["/assets/".Length..])!;
}
