using Nines.Shell.Pages;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Pages;

public sealed class PaletteRulesTests
{
    private static readonly PaletteEntry[] Entries =
    [
        new("payments availability", "/objectives/payments-availability", "list", Also: "payments-availability"),
        new("ledger", "/services/ledger", "list"),
        new("Check error budget for payments", "/services/payments", "find", Does: true),
        new("repayments", "/services/repayments", "list"),
    ];

    [Fact]
    public void Pick_WordsOfACommand_FindsIt() =>
        Assert.Equal(["Check error budget for payments"], PaletteRules.Pick(Entries, "check error budget for pay").Select(e => e.Words));

    [Fact]
    public void Pick_BeginningOfAName_ComesBeforeItsMiddleAndCommandsComeFirst() =>
        Assert.Equal(["Check error budget for payments", "payments availability", "repayments"], PaletteRules.Pick(Entries, "pay").Select(e => e.Words));

    [Fact]
    public void Pick_NothingTyped_OffersWhatComesFirstInItsOrderAndThenDeeds() =>
        Assert.Equal(["Overview", "Alerts", "Write a new SLO"], PaletteRules.Pick(
            [.. Entries, new("Write a new SLO", "/manifests/new", "file", Does: true, First: true), new("Overview", "/overview", "home", First: true), new("Alerts", "/alerts", "bell", First: true)], "").Select(e => e.Words));

    [Fact]
    public void Pick_NothingFits_IsEmpty() => Assert.Empty(PaletteRules.Pick(Entries, "zebra"));
}
