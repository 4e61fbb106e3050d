using FsCheck.Fluent;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Shell.Charts;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Changes;

public class ChangeTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static Outcome<ChangeRecorded> Record(ChangeRequest told) => ChangeRules.Record(told, by => by == "ada" ? "01ada" : "", "c1", Now);

    private static ChangeBook Book(params (string Service, int Minutes, ChangeKind Kind)[] changes)
    {
        var book = ChangeBook.None;
        for (var i = 0; i < changes.Length; i++)
            book = book.Record(Record(new(changes[i].Service, Change.WordOf(changes[i].Kind), $"t{i}", At: Now - Duration.FromMinutes(changes[i].Minutes))).Value with { Id = $"c{i}" });
        return book;
    }

    [Fact]
    public void Record_AVersionAlone_IsADeployOfIt()
    {
        var e = Record(new("checkout", Version: "1.4.2")).Value;
        Assert.Equal((ChangeKind.Deploy, "Deploy of 1.4.2", Now, ""), (e.Kind, e.Title, e.At, e.By));
    }

    [Fact]
    public void Record_SomebodyOfTheCatalog_IsKeptAsId_OthersAreNot()
    {
        Assert.Equal("01ada", Record(new(Version: "1", By: "ada")).Value.By);
        Assert.Equal("", Record(new(Version: "1", By: "Ada Lovelace <ada@example.com>")).Value.By);
    }

    [Fact]
    public void Record_EverythingWrong_IsSaidAtOnce() => Assert.Equal(
        ["kind", "title", "service", "at", "links.x"],
        Record(new("a\nb", "party", At: Now + Duration.FromHours(1), Links: new Dictionary<string, string> { ["x"] = "javascript:alert(1)" })).Problems.Select(p => p.Path));

    [Fact]
    public void Record_AnEndBeforeItsBeginning_IsRefused() => Assert.Equal("The end of the change is before its beginning.", Assert.Single(Record(new(Version: "1", Until: Now - Duration.FromHours(1))).Problems).What);

    [Fact]
    public void Between_AServiceAndAnHour_GivesItsChangesAndThoseOfAll_NewestFirst() => Assert.Equal(
        ["c3", "c0"],
        Book(("checkout", 30, ChangeKind.Deploy), ("search", 20, ChangeKind.Deploy), ("checkout", 90, ChangeKind.Deploy), ("", 10, ChangeKind.Config)).Between(["checkout"], Now - Duration.FromHours(1), Now).Select(c => c.Id));

    [Fact]
    public void Between_AnyOrderOfTelling_IsAsBruteForce() => Prop.ForAll(Gen.Choose(0, 300).ListOf().ToArbitrary(), Gen.Choose(0, 300).ToArbitrary(), (minutes, from) =>
    {
        var book = Book([.. minutes.Select(m => ("checkout", m, ChangeKind.Deploy))]);
        var (start, end) = (Now - Duration.FromMinutes(from), Now - Duration.FromMinutes(from / 2));
        var brute = minutes.Select((m, i) => (At: Now - Duration.FromMinutes(m), Id: $"c{i}")).Where(c => c.At >= start && c.At <= end).Select(c => c.Id).Order().ToArray();
        return book.Between(["checkout"], start, end).Select(c => c.Id).Order().SequenceEqual(brute) && book.All.Zip(book.All.Skip(1)).All(p => p.First.At <= p.Second.At);
    }).Hold();

    [Fact]
    public void Marks_OfAService_CarryTheirKind() => Assert.Equal(
        [MarkKind.Deploy, MarkKind.Rollback],
        ChangeMarks.Of(Book(("checkout", 30, ChangeKind.Deploy), ("checkout", 10, ChangeKind.Rollback)), "checkout", Now - Duration.FromHours(1), Now).Select(m => m.Kind));

    [Fact]
    public void Book_Snapshot_IsTheSame()
    {
        var fold = new ChangeBookFold();
        var book = Book(("checkout", 30, ChangeKind.Deploy), ("", 10, ChangeKind.Flag));
        Assert.Equal(fold.Save(book).ToArray(), fold.Save(fold.Load(fold.Save(book))).ToArray());
    }
}
