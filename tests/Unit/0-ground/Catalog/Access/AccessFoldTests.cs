using FsCheck;
using FsCheck.Fluent;
using Nines.Catalog.Access;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Catalog.Access;

public class AccessFoldTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);
    private static readonly Duration Idle = Duration.FromDays(7);
    private static readonly AccessFold Fold = new();

    private static Gen<object> AnyEvent
    {
        get
        {
            var person = Gen.Elements("p1", "p2", "p3");
            var hash = Gen.Elements("h1", "h2", "h3", "h4", "h5");
            var until = Gen.Choose(-5, 40).Select(days => Start + Duration.FromDays(days));
            return Gen.OneOf<object>(
                from p in person from n in Gen.Choose(1, 1000) from how in Gen.Elements("setup", "changed", "upgraded") select (object)new PasswordSet(p, $"password:{n}", how),
                from p in person select (object)new AccountClosed(p, "closed"),
                from p in person from h in hash from u in until select (object)new SessionOpened("id" + h, p, h, "Firefox", u),
                from h in hash select (object)new SessionSeen(h),
                from h in hash select (object)new SessionClosed(h, "signed-out"),
                from h in hash from u in until select (object)new TokenMade("t" + h, "name", h, ["read"], u, "local"),
                from h in hash select (object)new TokenRevoked("t" + h),
                from p in person from h in hash from u in until select (object)new Invited(p, h, u, "local"));
        }
    }

    private static AccessState Run(IEnumerable<object> events) => events.Select((e, i) => (e, i)).Aggregate(AccessState.Nobody, (state, next) =>
        Fold.Apply(state, new Recorded(new JournalEntry(next.i + 1, new StreamName("access", "x"), 0, "x", Start + Duration.FromHours(next.i), "local", 0, null, default), next.e)));

    [Fact]
    public void Save_AnyState_LoadsAsTheSame() => Prop.ForAll(AnyEvent.ListOf().ToArbitrary(), events =>
    {
        var state = Run(events);
        return Fold.Save(state).Span.SequenceEqual(Fold.Save(Fold.Load(Fold.Save(state))).Span);
    }).Hold();

    [Fact]
    public void Apply_AnyEvents_WhoeverHasNoAccountHasNoSessionOnceItWasClosed() => Prop.ForAll(AnyEvent.ListOf().ToArbitrary(), events =>
    {
        var state = Run([.. events, new AccountClosed("p1", "closed")]);
        return state.Sessions.Values.All(s => s.Person != "p1") && state.Invitations.Values.All(i => i.Person != "p1") && !state.Accounts.ContainsKey("p1");
    }).Hold();

    [Fact]
    public void Apply_AnyEvents_NoPasswordThatCountsIsSpent() => Prop.ForAll(AnyEvent.ListOf().ToArbitrary(), events =>
    {
        // Names of kept hashes are never used twice.
        var distinct = events.Where(e => e is not PasswordSet).Concat(events.OfType<PasswordSet>().DistinctBy(p => p.Secret));
        var state = Run(distinct);
        return state.Accounts.Values.All(a => !state.Spent.Contains(a.Secret));
    }).Hold();

    [Fact]
    public void Session_UsedOrNot_EndsInTime()
    {
        var state = Run([new PasswordSet("p1", "s", "setup"), new SessionOpened("id", "p1", "h", "Firefox", Start + Duration.FromDays(30))]);

        Assert.NotNull(state.Session("h", Start + Duration.FromDays(6), Idle));
        Assert.Null(state.Session("h", Start + Duration.FromDays(8), Idle));
        Assert.Null(state.Session("h", Start + Duration.FromDays(30), Duration.FromDays(400)));
        Assert.Null(state.Session("other", Start, Idle));
    }

    [Fact]
    public void Apply_EndedSessions_AreDroppedWhenTheNextOneBegins()
    {
        var events = Enumerable.Range(0, 50).Select(i => (object)new SessionOpened($"id{i}", "p1", $"h{i}", "Firefox", Start + Duration.FromHours(i) + Duration.FromMinutes(30)));

        Assert.Single(Run(events).Sessions);
    }

    [Fact]
    public void Apply_ANewInvitation_ReplacesTheOldOne()
    {
        var later = Start + Duration.FromDays(3);
        var state = Run([new Invited("p1", "h1", later, "local"), new Invited("p1", "h2", later, "local")]);

        Assert.Null(state.Invitation("h1", Start));
        Assert.NotNull(state.Invitation("h2", Start));
        Assert.Null(state.Invitation("h2", later));
        Assert.Empty(Run([new Invited("p1", "h1", later, "local"), new PasswordSet("p1", "s", "invitation")]).Invitations);
    }

    [Fact]
    public void Apply_PasswordsOneAfterTheOther_LeaveTheOldHashToBeErased()
    {
        var state = Run([new PasswordSet("p1", "s1", "setup"), new PasswordSet("p1", "s2", "changed"), new PasswordSet("p1", "s3", "upgraded"), new AccountClosed("p1", "erased")]);
        Assert.Equal(["s1", "s2", "s3"], state.Spent);
        Assert.Equal(["s3"], Fold.Apply(state, new Recorded(new JournalEntry(9, new StreamName("access", "secrets"), 0, "x", Start, "local", 0, null, default), new SecretsErased(["s1", "s2"]))).Spent);
    }
}
