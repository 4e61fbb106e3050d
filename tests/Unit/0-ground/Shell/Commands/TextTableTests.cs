using Nines.Shell;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Commands;

public sealed class TextTableTests
{
    [Fact]
    public void Lines_Whole_AreAlignedFiguresToTheRight() =>
        Assert.Equal(
            [
                "objective                 left  gone",
                "checkout-availability   92.4 %  16:24",
                "payments-latency       100.0 %  never",
            ], Table().Lines(null));

    [Fact]
    public void Lines_Narrow_LeaveOutWhatMattersLeastAndNameIt() =>
        Assert.Equal(
            [
                "objective                 left",
                "checkout-availability   92.4 %",
                "payments-latency       100.0 %",
                "Too narrow for: gone. --json has all.",
            ], Table().Lines(32));

    [Fact]
    public void Lines_VeryNarrow_CutWordsAndNeverBreakThem() =>
        Assert.Equal(["objective                left", "checkout-availabili…   92.4 %", "payments-latency      100.0 %"], Table().Lines(25).Take(3));

    [Fact]
    public void Lines_Coloured_KeepTheWordsAndEscapeThem() =>
        Assert.Equal(["[dim]state[/]", "[green]healthy[/]", "a[[b]]"], new TextTable().Column("state").Row(TextCell.Of("healthy")).Row("a[b]").Lines(80, coloured: true));

    private static TextTable Table() => new TextTable().Column("objective", cut: true).Column("left", right: true).Column("gone", drop: 1)
        .Row("checkout-availability", "92.4 %", "16:24").Row("payments-latency", "100.0 %", "never");
}
