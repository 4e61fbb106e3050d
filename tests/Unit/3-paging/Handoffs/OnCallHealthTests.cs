using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Paging.Handoffs;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Handoffs;

public class OnCallHealthTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 2, 0, 0);
    private static readonly Instant End = Monday + Duration.FromDays(28);
    private static readonly Func<string, DateTimeZone> Utc = _ => DateTimeZone.Utc;

    [Theory]
    [InlineData("pagesPerShift", 1.9, HealthState.Healthy)]
    [InlineData("pagesPerShift", 2, HealthState.Warning)]
    [InlineData("pagesPerShift", 5, HealthState.Warning)]
    [InlineData("pagesPerShift", 5.1, HealthState.Critical)]
    [InlineData("offHoursPerWeek", 0.9, HealthState.Healthy)]
    [InlineData("offHoursPerWeek", 3.1, HealthState.Critical)]
    [InlineData("minutesToAcknowledge", 15, HealthState.Warning)]
    [InlineData("minutesToMitigate", 61, HealthState.Critical)]
    [InlineData("falsePositives", 9.9, HealthState.Healthy)]
    [InlineData("escalated", 40.1, HealthState.Critical)]
    [InlineData("satisfaction", 4.1, HealthState.Healthy)]
    [InlineData("satisfaction", 4, HealthState.Warning)]
    [InlineData("satisfaction", 3, HealthState.Warning)]
    [InlineData("satisfaction", 2.9, HealthState.Critical)]
    public void Judge_AValue_StandsWhereTheLimitsSay(string key, double value, HealthState state) => Assert.Equal(state, HealthLimits.All.First(l => l.Key == key).Judge(value));

    [Fact]
    public void Judge_Nothing_IsNeverHealthy() => Assert.All(HealthLimits.All, l => Assert.Equal(HealthState.NoData, l.Judge(null)));

    [Fact]
    public void Of_NobodyCalled_SaysThatNothingIsKnown()
    {
        var report = OnCallHealth.Of(HandoffBook.None, HealthSubject.Everything, Utc, Monday, End);
        Assert.All(report.Figures, f => Assert.Equal(HealthState.NoData, f.State));
        Assert.Equal(HealthState.NoData, report.Worst);
    }

    [Fact]
    public void Of_AQuietRota_IsHealthyWhereShiftsEnded()
    {
        var book = HandoffBook.None with { Past = [Shift("h1", "ada", 0, 7), Shift("h2", "ben", 7, 14)] };
        var report = OnCallHealth.Of(book, HealthSubject.Everything, Utc, Monday, End);
        Assert.Equal(0, report.Figures[0].Value);
        Assert.Equal(HealthState.Healthy, report.Figures[0].State);
        Assert.Equal(HealthState.Healthy, report.Figures[1].State);
    }

    [Fact]
    public void Of_FourWeeks_MeasuresAllSeven()
    {
        var book = Book(
            [
                Call("p1", "ada", day: 1, hour: 3, ack: 4, end: 20, useful: true), Call("p2", "ada", day: 2, hour: 12, ack: 10, end: 40, useful: false),
                Call("p3", "ben", day: 8, hour: 20, ack: 20, end: 90, useful: true, escalated: true), Call("p4", "ben", day: 9, hour: 23, ack: null, end: null),
            ]) with
        { Past = [Shift("h1", "ada", 0, 7), Shift("h2", "ben", 7, 14)] };
        book = book with { Scores = book.Scores.Add("h1 ada", new("h1", "ada", 5, End)).Add("h2 ben", new("h2", "ben", 2, End)) };

        var all = OnCallHealth.Of(book, HealthSubject.Everything, Utc, Monday, End);
        Assert.Equal([2, 0.75, 10, 40, 33.33, 25, 3.5], all.Figures.Select(f => f.Value));
        Assert.Equal(["Warning", "Healthy", "Warning", "Warning", "Critical", "Warning", "Warning"], all.Figures.Select(f => f.State.ToString()));
        Assert.Equal((4, 2), (all.Pages, all.Sleep));

        var ada = OnCallHealth.Of(book, new(new HashSet<string> { "ada" }, null, "Ada"), Utc, Monday, End);
        Assert.Equal([2, 0.25, 7, 30, 50, 0, 5], ada.Figures.Select(f => f.Value));
    }

    [Fact]
    public void Of_SleepHours_AreThoseWhereThePersonLives()
    {
        var book = Book([Call("p1", "ada", day: 1, hour: 3)]);
        Assert.Equal(1, OnCallHealth.Of(book, HealthSubject.Everything, Utc, Monday, End).Sleep);
        Assert.Equal(0, OnCallHealth.Of(book, HealthSubject.Everything, _ => DateTimeZoneProviders.Tzdb["Asia/Tokyo"], Monday, End).Sleep);
    }

    [Fact]
    public void Of_Tickets_CallNobody()
    {
        var book = Book([Call("p1", "ada", day: 1, hour: 3) with { Severity = AlertSeverity.Ticket }]);
        Assert.Equal(0, OnCallHealth.Of(book, HealthSubject.Everything, Utc, Monday, End).Pages);
    }

    [Fact]
    public void Services_SixInOneWeek_AreTooLoudWhateverTheOthersWere()
    {
        var book = Book([.. Enumerable.Range(0, 6).Select(i => Call($"a{i}", "ada", day: 15, hour: 9 + i)), Call("b", "ada", day: 1, hour: 9) with { Service = "search" }]);
        Assert.Equal([new ServiceLoad("checkout", 1.5, 6, 6, false), new ServiceLoad("search", 0.25, 1, 1, true)], OnCallHealth.Services(book, Monday, End));
    }

    [Fact]
    public void WakeDebt_TheSameCauseThrice_CostsThriceAndRepeatsTwice()
    {
        var book = Book([Call("p1", "ada", day: 1, hour: 3, end: 30), Call("p2", "ada", day: 2, hour: 2, end: 90), Call("p3", "ben", day: 3, hour: 23, ack: 5), Call("p4", "ben", day: 3, hour: 12, end: 10)]);
        var cost = Assert.Single(WakeDebt.Of(book, HealthSubject.Everything, Utc, Monday, End));
        Assert.Equal((3, 2, 60d + 120 + 35), (cost.Wakes, cost.Repeats, cost.Minutes));
        Assert.Equal(["ada", "ben"], cost.People);
        Assert.Equal(35, Assert.Single(WakeDebt.Of(book, new(new HashSet<string> { "ben" }, null, ""), Utc, Monday, End)).Minutes);
    }

    [Fact]
    public void WakeDebt_APageThatNobodyEnded_IsBounded() =>
        Assert.Equal(240, Assert.Single(WakeDebt.Of(Book([Call("p1", "ada", day: 1, hour: 3)]), HealthSubject.Everything, Utc, Monday, End)).Minutes);

    [Fact]
    public void Compensation_AnOverride_IsPaidToWhoSteppedIn()
    {
        var book = HandoffBook.None with { Past = [Shift("h1", "ada", 0, 2), Shift("h2", "ben", 2, 3) with { Layer = "override" }, Shift("h3", "ada", 3, 7)], Now = ImmutableDictionary<string, LivedShift>.Empty.Add("payments", new("", "payments", ["ben"], Monday + Duration.FromDays(7), null, "weekly", 0)) };
        var lines = Compensation.Of(book, Utc, Monday + Duration.FromHours(12), Monday + Duration.FromDays(30), Monday + Duration.FromDays(8));
        Assert.Equal(["ada 2160", "ada 5760", "ben 1440", "ben 1440"], lines.Select(l => $"{l.Person} {l.Minutes.All}"));
        Assert.Equal("override", lines[2].Layer);
    }

    private static HandoffBook Book(IEnumerable<CallRecord> calls) => HandoffBook.None with { Calls = calls.ToImmutableDictionary(c => c.Page) };

    private static LivedShift Shift(string id, string person, int from, int until) => new(id, "payments", [person], Monday + Duration.FromDays(from), Monday + Duration.FromDays(until), "weekly", 1);

    private static CallRecord Call(string page, string person, int day, int hour, int? ack = null, int? end = null, bool? useful = null, bool escalated = false)
    {
        var at = Monday + Duration.FromDays(day) + Duration.FromHours(hour);
        return new(page, AlertSeverity.Page, "checkout", "checkout burns", at, [person], [person], ack is { } a ? at + Duration.FromMinutes(a) : null, ack is null ? "" : person, end is { } e ? at + Duration.FromMinutes(e) : null, escalated, useful);
    }
}
