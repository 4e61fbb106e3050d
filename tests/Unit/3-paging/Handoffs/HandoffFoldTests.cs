using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Handoffs;
using Nines.Paging.Notifications;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Handoffs;

public class HandoffFoldTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly HandoffFold Fold = new();

    private HandoffBook _book = HandoffBook.None;

    [Fact]
    public void Apply_APageThatIsTakenOn_WaitedUntilTheFirstWhoTookIt()
    {
        Called(0);
        Apply(4, new PageAcknowledged("p1", "ada", "link"));
        Apply(9, new PageAcknowledged("p1", "ben", "api"));
        Ended(20);

        var call = _book.Calls["p1"];
        Assert.Equal((Start + Duration.FromMinutes(4), "ada", Start + Duration.FromMinutes(20), false), (call.Acknowledged, call.By, call.Ended, call.Escalated));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(2, 1, true)]
    [InlineData(1, 0, true)]
    public void Apply_AStep_IsAnEscalationBeyondTheFirstPeople(int round, int step, bool escalated)
    {
        Called(0);
        Apply(5, new PageStepTaken("p1", "x", round, step, ["ben"], "", [], null, [], [], 1, null));
        Assert.Equal(escalated, _book.Calls["p1"].Escalated);
    }

    [Fact]
    public void Apply_APageThatComesBack_IsOneCall()
    {
        Called(0);
        Ended(10);
        Called(15, PageCause.Reopened, "ben");
        Called(20, PageCause.Repeat, "eve");

        var call = Assert.Single(_book.Calls.Values);
        Assert.Equal((Start, (Instant?)null), (call.At, call.Ended));
        Assert.Equal("ada ben", string.Join(" ", call.People));
        Assert.Equal("ada", string.Join(" ", call.First));
    }

    [Fact]
    public void Apply_ATestAndNewsOfAnUnknownPage_ChangeNothing()
    {
        Called(0, PageCause.Test);
        Apply(1, new PageAcknowledged("p1", "ada", "api"));
        Assert.Empty(_book.Calls);
    }

    private void Called(int minute, PageCause cause = PageCause.First, string person = "ada") =>
        Apply(minute, new PageIntended("p1", "n1", cause, AlertSeverity.Page, "checkout", "checkout burns", "", [person], [], []));

    private void Ended(int minute) => Apply(minute, new PageEnded("p1", "over"));

    private void Apply(int minute, object happened) => _book = Fold.Apply(
        _book, new Recorded(new JournalEntry(1, new("page", "p1"), 0, "x", Start + Duration.FromMinutes(minute), "duty", 0, null, default), happened));
}
