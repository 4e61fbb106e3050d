using System.Net;
using Nines.Kernel;
using Nines.Paging.Tickets;
using Nines.Paging.Tickets.Trackers;
using Xunit;

namespace Nines.Tests.Unit.Paging.Tickets;

public class TrackerTests
{
    private static readonly TicketTracker Jira = new("jira", "jira", new("https://jira.example.com"), "OPS", "Task", "nines@example.com", null, "Done", "To Do", []);

    private static readonly TicketTracker ServiceNow = new("snow", "servicenow", new("https://snow.example.com"), "incident", "", "", null, "6", "2", []);

    private static TrackerMessage Message(string action, string text = "0.9 of 1 is used.") =>
        new(action, "01jd2", 12, "The pool is nearly full", "orders", "P2", text, "https://nines.example.com/tickets/01jd2");

    [Fact]
    public async Task Jira_OpenUpdateClose_IsOneIssueWithItsCommentsThatIsDone()
    {
        var jira = new JiraDouble();
        Assert.Equal("It is OPS-1.", (await jira.TellAsync(new JiraTracker(), Jira, Message("open"), "d1")).Reason);
        Assert.Equal("OPS-1 has the comment.", (await jira.TellAsync(new JiraTracker(), Jira, Message("update", "More joined."), "d2")).Reason);
        Assert.Equal("OPS-1 is Done.", (await jira.TellAsync(new JiraTracker(), Jira, Message("close", "It is over."), "d3")).Reason);
        Assert.Equal("OPS-1 is To Do.", (await jira.TellAsync(new JiraTracker(), Jira, Message("reopen", "It is back."), "d4")).Reason);
        var fields = Assert.Single(jira.Issues)["fields"]!;
        Assert.Equal(("OPS", "Task", "orders: The pool is nearly full"), (fields["project"]!["key"]!.GetValue<string>(), fields["issuetype"]!["name"]!.GetValue<string>(), fields["summary"]!.GetValue<string>()));
        Assert.Equal("doc", fields["description"]!["type"]!.GetValue<string>());
        Assert.Equal(3, jira.Comments["OPS-1"].Count);
        Assert.Equal("Basic " + Convert.ToBase64String("nines@example.com:s3cret"u8), jira.Authorization);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("update")]
    [InlineData("close")]
    public async Task Jira_AnswersAreLost_NothingIsMadeTwice(string action)
    {
        var jira = new JiraDouble { LoseAnswers = 3 };
        SendOutcome outcome;
        var tries = 0;
        do
        {
            outcome = await jira.TellAsync(new JiraTracker(), Jira, Message(action), "d1");
        }
        while (outcome.Verdict == SendVerdict.Retry && ++tries < 10);
        Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
        Assert.Single(jira.Issues);
        Assert.Equal(action == "open" ? 0 : 1, jira.Comments.Values.Sum(c => c.Count));
    }

    [Fact]
    public async Task Jira_NoSuchTransition_SaysWhichThereAre() => Assert.Equal(
        new SendOutcome(SendVerdict.Refused, "OPS-1 has no transition \"Closed\" from To Do: it has Reopen, Finish. Name one in the tracker's manifest."),
        await new JiraDouble().TellAsync(new JiraTracker(), Jira with { Done = "Closed" }, Message("close"), "d1"));

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, SendVerdict.Retry)]
    [InlineData(HttpStatusCode.TooManyRequests, SendVerdict.Retry)]
    [InlineData(HttpStatusCode.BadGateway, SendVerdict.Retry)]
    [InlineData(HttpStatusCode.BadRequest, SendVerdict.Refused)]
    [InlineData(HttpStatusCode.NotFound, SendVerdict.Refused)]
    public async Task Refusal_OfTheTracker_IsTriedAgainOrFinal(HttpStatusCode status, SendVerdict verdict)
    {
        var jira = new JiraDouble();
        jira.Refuses.Enqueue(status);
        var outcome = await jira.TellAsync(new JiraTracker(), Jira, Message("open"), "d1");
        Assert.Equal(verdict, outcome.Verdict);
        Assert.StartsWith($"The tracker jira answered {(int)status} ", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceNow_OpenUpdateCloseReopen_IsOneRecord()
    {
        var snow = new ServiceNowDouble();
        Assert.Equal("It is INC0000001.", (await snow.TellAsync(new ServiceNowTracker(), ServiceNow, Message("open"), "d1")).Reason);
        Assert.Equal("INC0000001 has the note.", (await snow.TellAsync(new ServiceNowTracker(), ServiceNow, Message("update"), "d2")).Reason);
        Assert.Equal("INC0000001 is in state 6.", (await snow.TellAsync(new ServiceNowTracker(), ServiceNow, Message("close"), "d3")).Reason);
        Assert.Equal("6", Assert.Single(snow.Records)["state"]!.GetValue<string>());
        await snow.TellAsync(new ServiceNowTracker(), ServiceNow, Message("reopen"), "d4");
        Assert.Equal("2", Assert.Single(snow.Records)["state"]!.GetValue<string>());
        Assert.Equal(3, snow.Notes.Count);
        Assert.Equal("Bearer s3cret", snow.Authorization);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("update")]
    [InlineData("close")]
    public async Task ServiceNow_AnswersAreLost_NothingIsMadeTwice(string action)
    {
        var snow = new ServiceNowDouble { LoseAnswers = 3 };
        SendOutcome outcome;
        var tries = 0;
        do
        {
            outcome = await snow.TellAsync(new ServiceNowTracker(), ServiceNow, Message(action), "d1");
        }
        while (outcome.Verdict == SendVerdict.Retry && ++tries < 10);
        Assert.Equal(SendVerdict.Accepted, outcome.Verdict);
        Assert.Single(snow.Records);
        Assert.Equal(action == "open" ? 0 : 1, snow.Notes.Count);
    }
}
