using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Tickets;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Tickets;

public class TicketRulesTests
{
    private readonly TicketBookFold _fold = new();
    private AlertBook _alerts = AlertBook.None;
    private TicketBook _book = TicketBook.None;
    private Instant _now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private void Alert(string id) => _alerts = new AlertBookFold().Apply(_alerts, Recorded(new AlertRaised(
        id, AlertLabels.Of(("alertname", id)), AlertSeverity.Ticket, "rules", "orders", $"{id} is nearly full", "0.9 of 1.", _now, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty)));

    private Recorded Recorded(object happened) => new(new(1, new("t", "t"), 1, "t", _now, "local", 0, null, default), happened);

    private IReadOnlyList<object> Due(NotificationCause cause, string[] firing, string[] resolved, bool closes = true, AlertSeverity severity = AlertSeverity.Ticket, string thread = "th1")
    {
        var ends = firing.Length == 0;
        var written = TicketRules.Decide(_book, new("n", thread, "g", "ticket", cause, severity, "orders", firing, resolved, ends), _alerts, "P2", closes);
        foreach (var happened in written) _book = _fold.Apply(_book, Recorded(happened));
        _now += Duration.FromMinutes(5);
        return written;
    }

    [Fact]
    public void Decide_FirstNotification_OpensATicketThatNamesEverything()
    {
        Alert("pool");
        Due(NotificationCause.First, ["pool"], []);
        var ticket = _book.Find("T-1")!;
        Assert.Equal(("th1", "pool is nearly full", "orders", "P2", true), (ticket.Id, ticket.Title, ticket.Service, ticket.Priority, ticket.Open));
        Assert.Equal("0.9 of 1.", ticket.Lines.Single().Text);
    }

    [Fact]
    public void Decide_Page_OpensNone()
    {
        Alert("pool");
        Assert.Empty(Due(NotificationCause.First, ["pool"], [], severity: AlertSeverity.Page));
    }

    [Fact]
    public void Decide_MoreAndEnds_UpdateItAndTheLastEndClosesIt()
    {
        Alert("pool");
        Alert("disk");
        Due(NotificationCause.First, ["pool"], []);
        Due(NotificationCause.More, ["disk", "pool"], []);
        Due(NotificationCause.Resolved, ["disk"], ["pool"]);
        Assert.True(_book.Find("1")!.Open);
        Due(NotificationCause.Resolved, [], ["disk"]);
        var ticket = _book.Find("t-1")!;
        Assert.False(ticket.Open);
        Assert.Equal(
            ["0.9 of 1.", "disk is nearly full joined. 0.9 of 1.", "pool is nearly full is over; 1 still fires.", "disk is nearly full is over.", "Closed: Nothing of it fires any more."],
            ticket.Lines.Select(l => l.Text));
        Assert.Equal(["pool", "disk"], ticket.Alerts);
    }

    [Fact]
    public void Decide_EndWhereAPersonCloses_LeavesItQuiet()
    {
        Alert("pool");
        Due(NotificationCause.First, ["pool"], [], closes: false);
        Due(NotificationCause.Resolved, [], ["pool"], closes: false);
        Assert.True(_book.Find("T-1")!.Open);
        Assert.NotNull(_book.Find("T-1")!.QuietAt);
    }

    [Fact]
    public void Decide_BackInItsThread_OpensTheSameTicketAgain()
    {
        Alert("pool");
        Due(NotificationCause.First, ["pool"], []);
        Due(NotificationCause.Resolved, [], ["pool"]);
        Due(NotificationCause.Reopened, ["pool"], []);
        Assert.True(Assert.Single(_book.All.Values).Open);
        Assert.Empty(_book.Closed);
    }

    [Fact]
    public void Numbers_GoOnOverASnapshot()
    {
        Alert("pool");
        Due(NotificationCause.First, ["pool"], []);
        Due(NotificationCause.Resolved, [], ["pool"]);
        _book = _fold.Load(_fold.Save(_book));
        Due(NotificationCause.First, ["pool"], [], thread: "th2");
        Assert.Equal([1, 2], _book.All.Values.Select(t => t.Number).Order());
    }

    [Fact]
    public void Close_WithoutReasonTwiceOrUnknown_SaysWhy()
    {
        Alert("pool");
        Due(NotificationCause.First, ["pool"], []);
        Assert.Equal("reason: A ticket is closed with a reason. Say in a few words what was done, or why nothing will be.", TicketRules.Close(_book, "T-1", " ").Problems[0].ToString());
        Assert.Equal("There is no ticket T-9. List them with \"nines ticket list\".", TicketRules.Close(_book, "T-9", "x").Problems[0].ToString());
        _book = _fold.Apply(_book, Recorded(TicketRules.Close(_book, "T-1", "done").Value));
        Assert.Equal("T-1 is closed already.", TicketRules.Close(_book, "T-1", "done").Problems[0].ToString());
        Assert.Equal("T-1 is closed. Open tickets can be assigned.", TicketRules.Assign(_book, "T-1", "p", "alice").Problems[0].ToString());
    }

    [Fact]
    public void Closed_ManyTickets_AreBounded()
    {
        Alert("pool");
        for (var i = 0; i < TicketBook.ClosedKept + 50; i++)
        {
            Due(NotificationCause.First, ["pool"], [], thread: $"th{i}");
            Due(NotificationCause.Resolved, [], ["pool"], thread: $"th{i}");
        }

        Assert.Equal(TicketBook.ClosedKept, _book.All.Count);
    }
}
