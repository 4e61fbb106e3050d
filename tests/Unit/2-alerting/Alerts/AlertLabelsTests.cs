using Nines.Alerting.Alerts;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class AlertLabelsTests
{
    [Fact]
    public void Fingerprint_AlertmanagersExample_IsTheSame() =>
        Assert.Equal("97dcf31b2e78012f", AlertLabels.Of(("job", "x"), ("alertname", "foo")).Fingerprint);

    [Fact]
    public void Of_EmptyAndDoubledNames_KeepsTheLastValue() =>
        Assert.Equal("{a=\"2\"}", AlertLabels.Of(("b", ""), ("a", "1"), ("a", "2")).ToString());

    [Fact]
    public void Fingerprint_OutsideAscii_IsOverUtf8() =>
        Assert.NotEqual(AlertLabels.Of(("a", "\u00e9")).Fingerprint, AlertLabels.Of(("a", "\u0119")).Fingerprint);

    [Fact]
    public void Severities_OfTheGuide_AreP0ToP3() => Assert.Equal(
        ["P0 page < 5 min", "P1 page < 30 min", "P2 ticket next business day", "P3 log weekly review"],
        SeverityGuide.Rows.Select(r => $"{r.Priority} {r.Severity.Word()} {r.Response}"));

    [Fact]
    public void Options_WrongTimes_AreAllNamed() => Assert.Equal(
        ["alerts:pageInterval: \"soon\" is not a duration. Write one such as 0s, 1m or 4h.", "alerts:pageWait: a page must not wait 1h for company. Write at most 5m."],
        new AlertsOptionsValidator().Validate(null, new() { PageInterval = "soon", PageWait = "1h" }).Failures);
}
