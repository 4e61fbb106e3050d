using System.Text;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Updates;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Updates;

public class UpdateRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 9);

    private static readonly ManifestSet Catalog = ManifestSet.Build(ManifestParser.Parse("""
        { apiVersion: nines/v1, kind: Person, metadata: { name: ada }, spec: {} }
        ---
        { apiVersion: nines/v1, kind: Service, metadata: { name: payments }, spec: { owner: { person: ada } } }
        """, null, new()).Select(d => new ManifestKinds([new ServiceKind(), new PersonKind()]).Compile(d)), whole: true);

    private static Incident Open(IncidentSeverity severity = IncidentSeverity.Sev1, bool drill = false) => new()
    {
        Id = "inc1",
        Number = 1,
        Title = "Card payments fail",
        Severity = severity,
        Services = ["payments"],
        DeclaredAt = Start,
        DetectedAt = Start,
        Drill = drill,
    };

    private static UpdateBook Fold(params object[] events)
    {
        var fold = new UpdateBookFold();
        var book = fold.Empty;
        for (var i = 0; i < events.Length; i++)
            book = fold.Apply(book, new Recorded(new JournalEntry(i + 1, new("x", "y"), i + 1, "x", Start + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), events[i]));
        return book;
    }

    private static UpdatePosted Posted(UpdateAudience audience, Instant? next) => new("u1", "inc1", audience, "It burns", "Still.", next, 1, "ada");

    private static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));

    [Fact]
    public void DueAt_IsTheClockOfItsSeverity_ThenWhatWasPromised_AndCustomersDoNotStopIt()
    {
        Assert.Equal(Start + Duration.FromMinutes(30), UpdateClock.DueAt(Open(), UpdateBook.None.Of("inc1"), UpdatePolicy.Shipped));
        Assert.Equal(Start + Duration.FromMinutes(30), UpdateClock.DueAt(Open(), Fold(Posted(UpdateAudience.Customers, Start + Duration.FromHours(9))).Of("inc1"), UpdatePolicy.Shipped));
        Assert.Equal(Start + Duration.FromHours(2), UpdateClock.DueAt(Open(), Fold(Posted(UpdateAudience.Internal, Start + Duration.FromHours(2))).Of("inc1"), UpdatePolicy.Shipped));
        Assert.Null(UpdateClock.DueAt(Open(IncidentSeverity.Sev3), UpdateBook.None.Of("inc1"), UpdatePolicy.Shipped));
        Assert.Null(UpdateClock.DueAt(Open(drill: true), UpdateBook.None.Of("inc1"), UpdatePolicy.Shipped));
        Assert.Null(UpdateClock.DueAt(Open() with { ResolvedAt = Start }, UpdateBook.None.Of("inc1"), UpdatePolicy.Shipped));
    }

    [Fact]
    public void RemindsAt_FiveMinutesAhead_OncePerDueTime()
    {
        var due = Start + Duration.FromMinutes(30);
        Assert.Equal(due - UpdateClock.Ahead, UpdateClock.RemindsAt(Open(), UpdateBook.None.Of("inc1"), UpdatePolicy.Shipped));
        Assert.Null(UpdateClock.RemindsAt(Open(), Fold(new UpdateReminded("inc1", due, "ada")).Of("inc1"), UpdatePolicy.Shipped));
        var again = Fold(new UpdateReminded("inc1", due, "ada"), Posted(UpdateAudience.Internal, due + Duration.FromMinutes(30))).Of("inc1");
        Assert.Equal(due + Duration.FromMinutes(25), UpdateClock.RemindsAt(Open(), again, UpdatePolicy.Shipped));
    }

    [Fact]
    public void Read_EverythingWrong_IsSaidAtOnce()
    {
        var refused = UpdateRules.Read(new("everybody", new('x', 201), "It burns.", "soon"), _ => null);
        Assert.Equal(
            "audience: \"everybody\" is no audience. Write internal, executives or customers. subject: The headline has 201 characters. It takes 200. next: \"soon\" is no time until the next update. Write one such as 30m or 2h, a day at most.",
            Said(refused));
    }

    [Fact]
    public void Read_NothingWritten_IsTheDraft_AndOwnWordsWin()
    {
        UpdateDraft draft = new("initial", UpdateAudience.Internal, "It burns", "Since 02:09.");
        Assert.Equal((UpdateAudience.Internal, "It burns", "Since 02:09.", null), UpdateRules.Read(new(), _ => draft).Value);
        Assert.Equal((UpdateAudience.Internal, "It burns", "Less.", Duration.FromMinutes(20)), UpdateRules.Read(new(Text: "Less.", Next: "20m"), _ => draft).Value);
    }

    [Fact]
    public void Listeners_ByServiceSeverityAndAudience_EachPersonOnce()
    {
        var book = Fold(
            new UpdatesSubscribed("s1", "ada", UpdateAudience.Internal, [], IncidentSeverity.Sev2), new UpdatesSubscribed("s2", "ada", UpdateAudience.Internal, ["payments"], IncidentSeverity.Sev4),
            new UpdatesSubscribed("s3", "bo", UpdateAudience.Internal, ["search"], IncidentSeverity.Sev4), new UpdatesSubscribed("s4", "cem", UpdateAudience.Executives, [], IncidentSeverity.Sev4),
            new UpdatesSubscribed("s5", "dana", UpdateAudience.Internal, [], IncidentSeverity.Sev1), new UpdatesSubscribed("s6", "eve", UpdateAudience.Internal, [], IncidentSeverity.Sev4), new UpdatesUnsubscribed("s6"));
        Assert.Equal(["ada"], UpdateRules.Listeners(book, Open(IncidentSeverity.Sev2), UpdateAudience.Internal));
        Assert.Equal(["ada", "dana"], UpdateRules.Listeners(book, Open(), UpdateAudience.Internal));
        Assert.Equal(["cem"], UpdateRules.Listeners(book, Open(IncidentSeverity.Sev3), UpdateAudience.Executives));
    }

    [Fact]
    public void Subscribe_TheSameWishTwice_IsOne_AndWhatIsWrongIsSaidAtOnce()
    {
        var first = UpdateRules.Subscribe(UpdateBook.None, Catalog, new("ada", Services: ["payments"]), "", "s1").Value!;
        Assert.Null(UpdateRules.Subscribe(Fold(first), Catalog, new("ada", Services: ["payments"]), "", "s2").Value);
        Assert.Equal(
            "least: \"sev9\" is no severity. Write sev1, sev2, sev3 or sev4. services: There is no service \"paymens\" in the catalog. Did you mean \"payments\"? List them with \"nines get Service\". person: Nobody said who wants to be told. Name somebody of the catalog; list them with \"nines get Person\".",
            Said(UpdateRules.Subscribe(UpdateBook.None, Catalog, new(Services: ["paymens"], Least: "sev9"), "", "s3")));
    }

    [Fact]
    public void SaveAndLoad_AnyBook_IsTheSameBook()
    {
        var fold = new UpdateBookFold();
        var book = Fold(Posted(UpdateAudience.Internal, Start), new UpdateReminded("inc1", Start, "ada"), new UpdatesSubscribed("s1", "ada", UpdateAudience.Customers, ["payments"], IncidentSeverity.Sev3));
        Assert.Equal(Encoding.UTF8.GetString(fold.Save(book).Span), Encoding.UTF8.GetString(fold.Save(fold.Load(fold.Save(book))).Span));
        Assert.Equal(Start, fold.Load(fold.Save(book)).Of("inc1").RemindedOf);
    }
}
