using System.Text;
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
        Said(4, "paging.acknowledged.v1", """{"page":"p1","person":"ada","via":"link"}""");
        Said(9, "paging.acknowledged.v1", """{"page":"p1","person":"ben","via":"api"}""");
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
        Said(5, "paging.step-taken.v1", $$"""{"page":"p1","policy":"x","round":{{round}},"step":{{step}},"people":[],"reason":"","passed":[],"planned":[],"shifts":[],"needs":1}""");
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
    public void Apply_TestsAndUnknownOrBrokenNews_ChangeNothing()
    {
        Called(0, PageCause.Test);
        Said(1, "paging.acknowledged.v1", "{\"page\":");
        Said(1, "paging.acknowledged.v1", "{}");
        Said(1, "something.else.v1", """{"page":"p1"}""");
        Assert.Empty(_book.Calls);
    }

    private void Called(int minute, PageCause cause = PageCause.First, string person = "ada") =>
        Apply(minute, "x", "{}", new PageIntended("p1", "n1", cause, AlertSeverity.Page, "checkout", "checkout burns", "", [person], [], []));

    private void Ended(int minute) => Apply(minute, "x", "{}", new PageEnded("p1", "over"));

    private void Said(int minute, string type, string data) => Apply(minute, type, data, null);

    private void Apply(int minute, string type, string data, object? happened) => _book = Fold.Apply(
        _book, new Recorded(new JournalEntry(1, new("page", "p1"), 0, type, Start + Duration.FromMinutes(minute), "duty", 0, null, Encoding.UTF8.GetBytes(data)), happened));
}
