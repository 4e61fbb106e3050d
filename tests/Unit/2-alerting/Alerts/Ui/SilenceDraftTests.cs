using Nines.Alerting.Alerts.Ui;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts.Ui;

public sealed class SilenceDraftTests
{
    [Fact]
    public void Read_MatchersAndDuration_BecomeARequest()
    {
        var asked = new SilenceDraft(" service=checkout  alertname=ErrorBudgetBurn ", "2h", "ada", "deploy").Read().Value;

        Assert.Equal(["service=checkout", "alertname=ErrorBudgetBurn"], asked.Matchers);
        Assert.Equal(Duration.FromHours(2), asked.For);
    }

    [Fact]
    public void Read_NoDuration_SaysWhatToWriteBesideItsField()
    {
        var problem = Assert.Single(new SilenceDraft("a=b", "soon", "ada", "").Read().Problems);

        Assert.Equal("for: \"soon\" is not a duration. Write one such as 30m, 2h or 1d.", problem.ToString());
    }
}
