using Nines.Responding.Security;
using Xunit;
using static Nines.Tests.Unit.Responding.Security.SecurityWorld;

namespace Nines.Tests.Unit.Responding.Security;

public class SecurityEvidenceTests
{
    private static EvidenceBrought Brought(string name = "auth.log", string content = "sealed", string sha256 = "", string where = "") =>
        new(name, 12, sha256.Length > 0 ? sha256 : new string('a', 64), true, content, where, "web-3", "Sign-ins of the night");

    private static SecurityBook With(int pieces)
    {
        var book = Fold(Opened());
        for (var i = 0; i < pieces; i++) book = Fold(book, [.. EvidenceRules.Add(Context(book), book.All["sec1"], Brought($"file{i}"), "ada").Value]);
        return book;
    }

    [Fact]
    public void Add_ThatCannotBe_SaysEveryReason() => Assert.Equal(
        "name: \"../x\" is no name of a file. Write 1 to 200 characters, without slashes, quotes and line breaks. sha256: \"12\" is no SHA-256. Write its 64 hexadecimal digits in lower case. where: The house does not keep it, and nobody said where it lies. Write where it lies, such as a shelf, a bucket or a disk.",
        Said(EvidenceRules.Add(Context(Fold(Opened())), Fold(Opened()).All["sec1"], Brought("../x", "", "12"), "ada")));

    [Fact]
    public void Broken_AWholeChain_HasNothing()
    {
        var one = With(3).All["sec1"];
        Assert.Equal(3, one.Contents.Count);
        Assert.Empty(EvidenceChain.Broken(one.Evidence, one.Custody));
    }

    [Fact]
    public void Broken_ARecordThatIsTakenAwayOrChanged_Shows()
    {
        var items = With(3).All["sec1"].Evidence;
        Assert.Equal(["Evidence 2 is missing: 3 stands in its place.", "Evidence 3 does not fit to what stands before it."], EvidenceChain.Broken(items.RemoveAt(1), []));
        Assert.Equal(["Evidence 2 does not fit to what stands before it."], EvidenceChain.Broken(items.SetItem(1, items[1] with { Note = "Nothing" }), []));
        // Whoever makes the link of the changed record fit breaks the next.
        var forged = EvidenceChain.Linked(items[1] with { Note = "Nothing" }, items[0].Link);
        Assert.Equal(["Evidence 3 does not fit to what stands before it."], EvidenceChain.Broken(items.SetItem(1, forged), []));
    }

    [Fact]
    public void Hand_FromHandToHand_IsChainedToo()
    {
        var book = With(1);
        foreach (var to in (string[])["grace", "Lab of the police"])
            book = Fold(book, [.. SecurityDeeds.All["hand"](Context(book), book.All["sec1"], new() { Evidence = "1", To = to, Reason = "To read it" }, "ada").Value]);
        var one = book.All["sec1"];
        Assert.Equal([Id("grace"), "Lab of the police"], one.Custody.Select(s => s.To));
        Assert.Empty(EvidenceChain.Broken(one.Evidence, one.Custody));
        Assert.Equal(["Step 1 of the custody does not fit to what stands before it."], EvidenceChain.Broken(one.Evidence, one.Custody.RemoveAt(0)));
        Assert.Equal("evidence: SEC-1 has no evidence 2. \"nines security evidence list\" names it.", Said(EvidenceRules.ItemOf(one, "2")));
    }

    [Fact]
    public void Save_AndLoad_AreTheSameCase()
    {
        var book = Fold(With(2), new ClockStarted("sec1", ClockStart.Aware, Now, "x", "ada"), new DutyTold("sec1", "gdpr-33", Now, "R 1", "ada"), new DutyReminded("sec1", "gdpr-33", ReminderMark.Half, Now, 1), new LetIn("sec1", Id("bob"), "x", false, "ada"), new CaseRead("sec1", Id("ada"), "read the case")).Count(OwnFact.TokenMade, Now);
        var fold = new SecurityBookFold();
        var again = fold.Load(fold.Save(book));
        Assert.Equal(fold.Save(book).ToArray(), fold.Save(again).ToArray());
        Assert.Equal(book.All["sec1"].Contents, again.All["sec1"].Contents);
        Assert.Empty(EvidenceChain.Broken(again.All["sec1"].Evidence, again.All["sec1"].Custody));
    }
}
