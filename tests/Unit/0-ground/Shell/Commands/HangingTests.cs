using Nines.Shell;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Commands;

public sealed class HangingTests
{
    [Fact]
    public void Wrap_Sentences_BreakBetweenWords() =>
        Assert.Equal(["This field is missing.", "Write service: with the", "service whose users feel", "it."], Hanging.Wrap("This field is missing. Write service: with the service whose users feel it.", 24));

    [Fact]
    public void Wrap_WordWiderThanTheLine_StandsAlone() =>
        Assert.Equal(["see", "https://example.test/a/very/long/address", "there"], Hanging.Wrap("see https://example.test/a/very/long/address there", 24));

    [Fact]
    public void Wrap_NoRoomAtAll_StillHasSomeForTheText() => Assert.Equal(["one two three"], Hanging.Wrap("one two three", 3));
}
