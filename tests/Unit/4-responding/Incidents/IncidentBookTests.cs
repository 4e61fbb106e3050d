using System.Text;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class IncidentBookTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 9);

    private static IncidentDeclared Declared(int number = 1, string page = "page1") => new(
        $"inc{number}", number, "Card payments fail", IncidentSeverity.Sev2, "In doubt the higher one.", ["payments"], ["alert1"], [page],
        Start, Start, null, [], [new(Start - Duration.FromMinutes(11), TimelineKind.Change, "Deploy of payments: v2.41.0")], "ada", false);

    private static IncidentBook Fold(params object[] events)
    {
        var fold = new IncidentBookFold();
        var book = fold.Empty;
        for (var i = 0; i < events.Length; i++)
            book = fold.Apply(book, new Recorded(new JournalEntry(i + 1, new("incident", "inc1"), i + 1, "x", Start + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), events[i]));
        return book;
    }

    [Fact]
    public void Apply_TakingARoleFromSomebody_HandsItOver_ButThereMayBeSeveralExperts()
    {
        var incident = Fold(
            Declared(), new RoleTaken("inc1", IncidentRole.Commander, "ada", "ada"), new RoleTaken("inc1", IncidentRole.Commander, "bo", "ada"),
            new RoleTaken("inc1", IncidentRole.Expert, "cem", "bo"), new RoleTaken("inc1", IncidentRole.Expert, "dana", "bo")).All["inc1"];
        Assert.Equal(["Commander bo", "Expert cem", "Expert dana"], incident.Roles.Select(r => $"{r.Role} {r.Person}"));
        Assert.Equal((IncidentPhase.Respond, Start + Duration.FromMinutes(1)), (incident.Phase, incident.EngagedAt));
    }

    [Fact]
    public void Apply_NewsOfItsPageAndAlert_BecomeLines_UntilItIsOver()
    {
        object[] before = [Declared(), new PageAcknowledged("page1", "bo", "link"), new PageAcknowledged("other", "bo", "link"), new AlertResolved("alert1", Start, "It is over.", null)];
        var lines = Fold(before).All["inc1"].Timeline;
        Assert.Equal(["Deploy of payments: v2.41.0", "Declared SEV2: In doubt the higher one.", "{0} has the page.", "An alert is over. It is over."], lines.Select(l => l.Text));
        var over = Fold([.. before, new IncidentResolved("inc1", "A query.", "", [], "ada"), new PageEnded("page1", "Nothing of it fires any more.")]).All["inc1"];
        Assert.Equal("Resolved: A query.", over.Timeline[^1].Text);
    }

    [Fact]
    public void Apply_Merged_BringsItsPagesAlong()
    {
        var book = Fold(Declared(), Declared(2, "page2"), new IncidentMerged("inc2", "inc1", "ada"));
        Assert.Equal(["page1", "page2"], book.All["inc1"].Pages);
        Assert.Equal("inc1", book.OfPage("page2")!.Id);
        Assert.Single(book.Open);
    }

    [Fact]
    public void Apply_Reopened_IsOpenAgainWithItsPages()
    {
        var book = Fold(Declared(), new IncidentResolved("inc1", "A query.", "", [], "ada"), new IncidentReopened("inc1", "Errors are back.", "ada"));
        Assert.Equal(("inc1", IncidentPhase.Respond, true), (book.OfPage("page1")!.Id, book.All["inc1"].Phase, book.Closed.IsEmpty));
    }

    [Fact]
    public void Apply_ReopenedWhileAnotherHasItsPage_LeavesItThere_AlsoAfterARestart()
    {
        var fold = new IncidentBookFold();
        var book = Fold(
            Declared(), new IncidentResolved("inc1", "A query.", "", [], "ada"), Declared(2), new IncidentReopened("inc1", "Errors are back.", "ada"),
            new IncidentNoted("inc1", "note1", Start, TimelineKind.Note, "Both see it.", "ada", ""));
        var loaded = fold.Load(fold.Save(book));
        Assert.Equal(("inc2", "inc2"), (book.OfPage("page1")!.Id, loaded.OfPage("page1")!.Id));
        var over = fold.Apply(loaded, new Recorded(new JournalEntry(9, new("incident", "inc2"), 9, "x", Start, "local", 0, null, ReadOnlyMemory<byte>.Empty), new IncidentResolved("inc2", "The same.", "", [], "ada")));
        Assert.Equal("inc1", over.OfPage("page1")!.Id);
    }

    [Fact]
    public void Apply_RaisedOrReopened_BeginsTheCheckInsAnew()
    {
        var raised = Fold(Declared(), new CheckInMissed("inc1", Start), new IncidentSeverityChanged("inc1", IncidentSeverity.Sev1, "worse", "ada")).All["inc1"];
        Assert.Equal((Start + Duration.FromMinutes(2), false), (raised.CheckedInAt, raised.CheckInMissed));
        var reopened = Fold(Declared(), new CheckInMissed("inc1", Start), new IncidentResolved("inc1", "A query.", "", [], "ada"), new IncidentReopened("inc1", "Errors are back.", "ada")).All["inc1"];
        Assert.Equal(Start + Duration.FromMinutes(3) + Duration.FromMinutes(30) + MissedCheckIn.Late, MissedCheckIn.PagesAt(reopened, IncidentPolicy.Shipped));
    }

    [Fact]
    public void Told_ServicesCameSinceTheCheckInWasMissed_IsTheAlertThatWasTold()
    {
        object[] events = [Declared() with { Services = [] }, Declared(2, "page2"), new CheckInMissed("inc1", Start), new IncidentMerged("inc2", "inc1", "ada"), new IncidentCheckedIn("inc1", "The bank works on it.", "ada")];
        var told = MissedCheckIn.Alert(Fold(events[..2]).All["inc1"], Start, Start).Labels;
        var after = Fold(events).All["inc1"];
        Assert.Equal(["payments"], after.Services);
        Assert.Equal(told, MissedCheckIn.Told(after));
        Assert.NotEqual(told, MissedCheckIn.Alert(after, Start, Start).Labels);
    }

    [Fact]
    public void Apply_APageThatJoins_OrAnIncidentThatDoes_SetsItsClocks()
    {
        var byHand = Declared() with { Pages = [], PagedAt = null };
        Assert.Equal(Start + Duration.FromMinutes(1), Fold(byHand, new IncidentJoined("inc1", ["page2"], [], [], "Another page.")).All["inc1"].PagedAt);
        var earlier = Declared(2, "page2") with { DetectedAt = Start - Duration.FromMinutes(9), PagedAt = Start - Duration.FromMinutes(8), AcknowledgedAt = Start - Duration.FromMinutes(7) };
        var merged = Fold(Declared(), earlier, new IncidentMerged("inc2", "inc1", "ada")).All["inc1"];
        Assert.Equal((earlier.DetectedAt, earlier.PagedAt, earlier.AcknowledgedAt), (merged.DetectedAt, merged.PagedAt, merged.AcknowledgedAt));
    }

    [Fact]
    public void SaveAndLoad_AnyBook_IsTheSameBook()
    {
        var fold = new IncidentBookFold();
        var book = Fold(
            Declared(), Declared(2, "page2"), new RoleTaken("inc1", IncidentRole.Commander, "ada", "ada"), new IncidentChecked("inc1", "real", true, "ada"),
            new ImpactMeasured("inc1", [new("payments", Start, Start + Duration.FromMinutes(3), 30, 0.1, 2)]), new IncidentMitigated("inc1", "The roll-back.", "ada"), new IncidentResolved("inc2", "A query.", "test traffic", [], "ada"));
        var loaded = fold.Load(fold.Save(book));
        Assert.Equal(Encoding.UTF8.GetString(fold.Save(book).Span), Encoding.UTF8.GetString(fold.Save(loaded).Span));
        Assert.Equal(("inc1", 2), (loaded.OfPage("page1")!.Id, loaded.Numbers));
        Assert.Null(loaded.OfPage("page2"));
    }
    [Fact]
    public void Apply_MoreEndThanAreKept_LeavesTheOldestToTheJournal_WhereItIsFound()
    {
        var (fold, book) = (new IncidentBookFold(), IncidentBook.None);
        for (var n = 1; n <= IncidentBook.ClosedKept + 1; n++)
        {
            book = fold.Apply(book, At(n * 10, Declared(n, $"page{n}")));
            book = fold.Apply(book, At(n * 10 + 1, new IncidentResolved($"inc{n}", "A query.", "", [], "ada")));
        }

        var last = (IncidentBook.ClosedKept + 1) * 10 + 1;
        Assert.Null(book.Find("INC-1"));
        Assert.Equal(("inc1", "INC-1", "A query.", last - 1L), (book.FindOld("INC-1")!.Id, book.FindOld("inc1")!.Name, book.FindOld("1")!.Cause, book.FindOld("inc1")!.Position));
        Assert.Null(book.FindOld("INC-2"));
        Assert.NotNull(book.Find("INC-2"));
        Assert.Equal("Card payments fail", fold.Load(fold.Save(book)).FindOld("INC-1")!.Title);

        static Recorded At(long position, object happened) =>
            new(new JournalEntry(position, new("incident", "inc1"), position, "x", Start, "local", 0, null, ReadOnlyMemory<byte>.Empty), happened);
    }
}
