using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Paging.Tickets;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Tickets;

public class DigestTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static readonly DigestPlan Plan = new TicketsOptions().Plan()!;

    private static DigestReader Reader(DateTimeZone? zone = null) => new("payments", ["p1"], s => s == "checkout", zone ?? Berlin);

    private static TicketBook Book(Instant opened, string service = "checkout", Instant? sent = null)
    {
        var ticket = new Ticket { Id = "th1", Number = 12, Title = "The pool is nearly full", Service = service, Priority = "P2", OpenedAt = opened };
        var book = TicketBook.None with { All = ImmutableDictionary<string, Ticket>.Empty.Add("th1", ticket) };
        return sent is { } at ? book with { Digests = book.Digests.Add("payments", at) } : book;
    }

    [Fact]
    public void Due_FirstTicket_IsTheNextWorkingMorningByTheTeamsClock()
    {
        // Friday 20 November 2026, 10:00 in Berlin: the weekend passes, Monday 09:00 comes.
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 8, 0), Digest.Due(Plan, Reader(), Book(Instant.FromUtc(2026, 11, 20, 9, 0)), AlertBook.None));
        Assert.Equal(Instant.FromUtc(2026, 11, 20, 8, 0), Digest.Due(Plan, Reader(), Book(Instant.FromUtc(2026, 11, 20, 7, 0)), AlertBook.None));
    }

    [Fact]
    public void Due_SentToday_IsTomorrow_AndNothingOpenIsNever()
    {
        Assert.Equal(Instant.FromUtc(2026, 11, 20, 8, 0), Digest.Due(Plan, Reader(), Book(Instant.FromUtc(2026, 11, 10, 7, 0), sent: Instant.FromUtc(2026, 11, 19, 8, 0)), AlertBook.None));
        Assert.Null(Digest.Due(Plan, Reader(), Book(Instant.FromUtc(2026, 11, 10, 7, 0), service: "search"), AlertBook.None));
    }

    [Fact]
    public void After_EveryDayOfTenYears_IsNineOClockOnceAWorkingDay()
    {
        foreach (var zone in new[] { Berlin, DateTimeZoneProviders.Tzdb["Pacific/Apia"], DateTimeZoneProviders.Tzdb["America/Sao_Paulo"], DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"] })
        {
            var at = Instant.FromUtc(2020, 1, 1, 0, 0);
            var days = new HashSet<LocalDate>();
            while (at < Instant.FromUtc(2030, 1, 1, 0, 0))
            {
                at = Plan.After(at, zone);
                var local = at.InZone(zone);
                Assert.Equal(new LocalTime(9, 0), local.TimeOfDay);
                Assert.InRange((int)local.DayOfWeek, 1, 5);
                Assert.True(days.Add(local.Date));
            }

            Assert.InRange(days.Count, 2605, 2611);
        }
    }

    [Fact]
    public void Due_OnlyLogAlerts_WaitsForTheReviewDay()
    {
        var logs = new AlertBookFold().Apply(AlertBook.None, new(new(1, new("t", "t"), 1, "t", default, "local", 0, null, default), new AlertRaised(
            "a1", AlertLabels.Of(("alertname", "Trend")), AlertSeverity.Log, "rules", "checkout", "Traffic grows", "", Instant.FromUtc(2026, 11, 18, 12, 0), ImmutableSortedDictionary<string, string>.Empty)));
        Assert.Equal(Instant.FromUtc(2026, 11, 23, 8, 0), Digest.Due(Plan, Reader(), TicketBook.None, logs));
        var review = Digest.Review(logs, _ => true, Instant.FromUtc(2026, 11, 23, 8, 0));
        Assert.Equal(("Traffic grows", 1), (Assert.Single(review).Alert.Title, review[0].Count));
        // Told, and still there: it is listed again the week after, not the day after.
        var sent = TicketBook.None with { Digests = TicketBook.None.Digests.Add("payments", Instant.FromUtc(2026, 11, 23, 8, 0)) };
        Assert.Equal(Instant.FromUtc(2026, 11, 30, 8, 0), Digest.Due(Plan, Reader(), sent, logs));
    }

    [Fact]
    public void Message_NamesEachTicketWithItsLink()
    {
        var book = Book(Instant.FromUtc(2026, 11, 20, 9, 0));
        var message = Digest.Message(Reader(), Digest.Open(Reader(), book), [], "d1", "https://nines.example.com", Instant.FromUtc(2026, 11, 23, 8, 0));
        Assert.Equal("payments: 1 open ticket, the oldest since 2026-11-20", message.Text);
        Assert.Equal("T-12 P2 checkout: The pool is nearly full", message.Alerts[0].Title);
        Assert.Equal("https://nines.example.com/tickets/th1", message.Alerts[0].Links["ticket"]);
    }
}
