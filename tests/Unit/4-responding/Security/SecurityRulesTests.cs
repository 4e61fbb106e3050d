using Nines.Catalog.Access;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Security;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.Security.SecurityWorld;

namespace Nines.Tests.Unit.Responding.Security;

public class SecurityRulesTests
{
    private static SecurityContext Here(params object[] more) => Context(Fold([Opened(), .. more]));

    private static Outcome<IReadOnlyList<object>> Do(string word, SecurityAsked asked, params object[] more) => Here(more) is var context
        ? SecurityDeeds.All[word](context, context.Book.All["sec1"], asked, Id("ada"))
        : throw new InvalidOperationException();

    [Fact]
    public void Open_ThatCannotBe_SaysEveryReason() => Assert.Equal(
        "title: A case needs a title. Say in a few words what is suspected. kind: \"fire\" is none of what kind takes. Write one of credential-stuffing, leaked-secret, data-access, privilege-escalation, malware, other. severity: \"sev9\" is no severity. Write sev1, sev2, sev3 or sev4. services: There is no service \"shpo\" in the catalog. Did you mean \"shop\"? List them with \"nines get Service\". aware: It lies in the future. Write when it happened.",
        Said(SecurityRules.Open(Here(), new(Kind: "fire", Severity: "sev9", Services: ["shpo"], Aware: Now + Duration.FromMinutes(1)), "ada")));

    [Fact]
    public void Open_Confirmed_StartsTheClockThen()
    {
        var events = SecurityRules.Open(Here(), new("Read", "data-access", Confirmed: "The log."), "ada").Value;
        Assert.Equal(["CaseOpened", "CaseConfirmed", "ClockStarted"], events.Select(e => e.GetType().Name));
        Assert.Equal((2, IncidentSeverity.Sev1, Now), (((CaseOpened)events[0]).Number, ((CaseOpened)events[0]).Severity, ((ClockStarted)events[2]).At));
    }

    [Fact]
    public void Confirm_AndDismiss_NeedTheirReasons()
    {
        Assert.Equal("reason: How is it known that it is real? Say it in a sentence.", Said(Do("confirm", new())));
        Assert.Equal("reason: A false alarm needs its reason. Say how it is known that nothing happened. quiet: \"99d\" is no time to be quiet for. Write one such as 24h, at most 30d, or nothing.", Said(Do("dismiss", new() { Quiet = "99d" })));
        Assert.Equal("SEC-1 is confirmed already.", Said(Do("confirm", new() { Reason = "x" }, new CaseConfirmed("sec1", "x", "ada"))));
    }

    [Fact]
    public void Clock_ALaterTime_NeedsItsReason_AnEarlierOneCounts()
    {
        var before = new ClockStarted("sec1", ClockStart.Aware, Now - Duration.FromHours(5), "x", "ada");
        Assert.Equal("reason: A later time would give more time than there is. Say why the earlier one does not count.", Said(Do("clock", new() { Start = "aware", At = Now }, before)));
        Assert.True(Do("clock", new() { Start = "aware", At = Now, Reason = "It was a drill." }, before).Ok);
        Assert.True(Do("clock", new() { Start = "aware", At = Now - Duration.FromHours(6) }, before).Ok);
    }

    [Fact]
    public void Affected_DataOfPeople_MakesItSev1()
    {
        var events = Do("affected", new() { Personal = "yes", Kinds = "email, password", People = "12,000", Countries = "de,FR" }).Value;
        Assert.Equal(["DataAffected", "CaseSeverityChanged"], events.Select(e => e.GetType().Name));
        Assert.Equal(["DE", "FR"], ((DataAffected)events[0]).Data.Countries);
        Assert.Equal(
            "personal: It does not say whether data of people is affected. Write yes or no. highRisk: \"maybe\" is neither yes nor no. Write yes or no, or nothing where nobody has judged it. people: \"many\" is no number. Write about how many, such as 12000, or nothing. countries: \"GERMANY\" is no country. Write two letters, such as DE, FR.",
            Said(Do("affected", new() { HighRisk = "maybe", People = "many", Countries = "Germany" })));
    }

    [Fact]
    public void Told_WithoutProof_OrOfNothing_IsRefused() => Assert.Equal(
        "duty: There is no duty \"gdpr\" here. Write one of gdpr-33, gdpr-34, nis2-early, nis2-notification, nis2-final, dora-initial, dora-intermediate, dora-final, sec-8k. reference: Nothing proves that they were told. Write the number of the report, the receipt, or the number of the evidence.",
        Said(Do("told", new() { Duty = "gdpr" })));

    [Fact]
    public void Close_WhileADeadlineIsOver_IsRefused()
    {
        object[] late = [new CaseConfirmed("sec1", "x", "ada"), new ClockStarted("sec1", ClockStart.Aware, Now - Duration.FromHours(30), "x", "ada")];
        Assert.Equal("duty: nis2-early is overdue: Early warning to the CSIRT or the authority. Say when it was told, or why it is not needed.", Said(Do("close", new() { Cause = "x", Remediation = "y" }, late)));
        Assert.True(Do("close", new() { Cause = "x", Remediation = "y" }, [.. late, new DutyTold("sec1", "nis2-early", Now, "N 1", "ada")]).Ok);
    }

    [Fact]
    public void One_WhoIsOutside_IsAnsweredAsIfThereWereNone()
    {
        var bob = Context(Fold(Opened()), Actor.Person(Id("bob")));
        Assert.Equal(Said(bob.One("SEC-2")).Replace("SEC-2", "SEC-1", StringComparison.Ordinal), Said(bob.One("SEC-1")));
        Assert.True(Context(Fold(Opened(), new LetIn("sec1", Id("bob"), "x", false, "ada")), Actor.Person(Id("bob"))).One("1").Ok);
        Assert.False(Context(Fold(Opened(), new LetOut("sec1", Id("ada"), "x", "grace"))).One("1").Ok);
        Assert.False(Context(Fold(Opened()), Actor.Token("t1")).One("1").Ok);
        Assert.True(Context(Fold(Opened()), Actor.Local).One("sec-1").Ok);
    }

    [Fact]
    public void Names_AToken_ByItsName_WhileItCounts()
    {
        var access = AccessState.Nobody with { Tokens = System.Collections.Immutable.ImmutableDictionary<string, ApiToken>.Empty.Add("hash", new("t1", "soc", "hash", ["*"], Now, null, "ada")) };
        Assert.True(Circle.Names(new([], [], ["soc"]), Actor.Token("t1"), SecurityWorld.Catalog, access));
        Assert.False(Circle.Names(new([], [], ["other"]), Actor.Token("t1"), SecurityWorld.Catalog, access));
        Assert.False(Circle.Names(new([], [], ["soc"]), Actor.Token("t2"), SecurityWorld.Catalog, access));
        Assert.False(Circle.Names(new([], [], ["soc"]), Actor.Token("t1"), SecurityWorld.Catalog, AccessState.Nobody));
    }

    [Fact]
    public void Themselves_OnlyWhomThePolicyAllows_AndWithAReason()
    {
        var bob = Context(Fold(Opened()), Actor.Person(Id("bob")));
        Assert.Equal("reason: Why must you know? Say it in a sentence; everybody in the case reads it.", Said(CircleRules.Themselves(bob, "SEC-1", new())));
        Assert.True(CircleRules.Themselves(bob, "SEC-1", new() { Reason = "Nobody answers." }).Ok);
        Assert.Equal("There is no security case SEC-7. List those that you may read with \"nines security list\".", Said(CircleRules.Themselves(bob, "SEC-7", new() { Reason = "x" })));
        Assert.Equal("There is no security case SEC-1. List those that you may read with \"nines security list\".", Said(CircleRules.Themselves(Context(Fold(Opened(), new LetOut("sec1", Id("bob"), "x", "ada")), Actor.Person(Id("bob"))), "SEC-1", new() { Reason = "x" })));
    }

    [Fact]
    public void Take_SomebodyOutside_IsLetInFirst() => Assert.Equal("person: They may not read this case. Let them in first.", Said(Do("take", new() { Role = "forensics", Person = "bob" })));

    [Fact]
    public void Draft_NamesWhatNobodySaid_AndLosesItWhenItIsSaid()
    {
        var duty = Policy.Duties.First(d => d.Key == "gdpr-33");
        var bare = NotificationDraft.Of(Fold(Opened()).All["sec1"], duty, Policy, Now);
        Assert.Contains("about how many people", bare.Blanks);
        Assert.All(bare.Blanks, b => Assert.Contains($"[to be filled in: {b}]", bare.Text, StringComparison.Ordinal));
        var filled = NotificationDraft.Of(
            Fold(Opened(), new ClockStarted("sec1", ClockStart.Aware, Now, "x", "ada"), new DataAffected("sec1", new(true, ["email"], 12_000, null, ["DE"], true, "Phishing."), "ada"), new CaseChecked("sec1", "close-door", true, "ada")).All["sec1"], duty, Policy, Now);
        Assert.Equal(["when this was told", "what happened, in sentences that somebody from outside understands", "about how many records", "name and address of the data protection officer"], filled.Blanks);
        foreach (var words in (string[])["Known since: 2026-11-20 10:00 (Europe/Berlin)", "People concerned: about 12,000 in DE", "Phishing.", "- Close the door through which it was read"]) Assert.Contains(words, filled.Text, StringComparison.Ordinal);
    }
}
