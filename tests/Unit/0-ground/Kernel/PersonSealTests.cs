using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class PersonSealTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void Open_WithTheKey_GivesTheTextBack()
    {
        var once = PersonSeal.Seal(Key, "Zoë Ångström");
        Assert.Equal("Zoë Ångström", PersonSeal.Open(Key, once));
        Assert.NotEqual(once, PersonSeal.Seal(Key, "Zoë Ångström"));
    }

    [Fact]
    public void Open_KeyErasedWrongOrTextChanged_IsNull()
    {
        var whole = PersonSeal.Seal(Key, "secret");
        Assert.Null(PersonSeal.Open(null, whole));
        Assert.Null(PersonSeal.Open(new byte[32], whole));
        var bytes = Convert.FromBase64String(whole);
        bytes[^1] ^= 1;
        Assert.Null(PersonSeal.Open(Key, Convert.ToBase64String(bytes)));
        Assert.Null(PersonSeal.Open(Key, Convert.ToBase64String(bytes[..10])));
    }
}
