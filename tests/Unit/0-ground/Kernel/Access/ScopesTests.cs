using FsCheck;
using FsCheck.Fluent;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class ScopesTests
{
    private static readonly HashSet<string> Rooms = ["alerts", "ingestion", "objectives"];
    private static readonly string[] Words = ["*", "read", "write", "send", "alerts:*", "alerts:read", "alerts:send", "ingestion:*", "ingestion:write", "objectives:read"];

    private static readonly Permission[] Permissions =
        [.. Rooms.SelectMany(r => new[] { Permission.Read(r), Permission.Write(r), Permission.Send(r) })];

    private static Gen<Scopes> Any => Gen.Elements(Words).ListOf().Select(Scopes.Of);

    [Theory]
    [InlineData("*", "alerts:write", true)]
    [InlineData("read", "alerts:read", true)]
    [InlineData("read", "alerts:write", false)]
    [InlineData("alerts:*", "alerts:write", true)]
    [InlineData("alerts:*", "objectives:read", false)]
    [InlineData("ingestion:send", "ingestion:send", true)]
    [InlineData("ingestion:send", "ingestion:read", false)]
    [InlineData("alert:*", "alerts:read", false)]
    [InlineData("", "alerts:read", false)]
    public void Allow_AWord_AllowsWhatItSays(string word, string permission, bool allowed) =>
        Assert.Equal(allowed, Scopes.Of([word]).Allow(new(permission)));

    [Fact]
    public void Allow_DoorsWithTheirOwnProofAndHealth_AreNotAMatterOfScopes()
    {
        Assert.True(Scopes.None.Allow(Permission.Nothing));
        Assert.True(Scopes.None.Allow(Permission.OwnProof("channels", "the provider's signature")));
    }

    [Fact]
    public void Cover_AnyTwo_HoldsExactlyWhereEveryPermissionFollows() => Prop.ForAll(Any.Two().ToArbitrary(), pair =>
    {
        var (mine, theirs) = (pair.Item1, pair.Item2);
        // Sound: nobody hands out what they do not have.
        return !mine.Cover(theirs) || Permissions.All(p => !theirs.Allow(p) || mine.Allow(p));
    }).Hold(300);

    [Fact]
    public void Cover_ItselfAndEverything_Holds() => Prop.ForAll(Any.ToArbitrary(), some => some.Cover(some) && Scopes.Everything.Cover(some) && some.Cover(Scopes.None)).Hold();

    [Fact]
    public void Parse_SeveralMistakes_SaysAll()
    {
        var read = Scopes.Parse("read, alert:read, alerts:drink, Everything", Rooms);

        Assert.Equal(
            [
                "scopes: There is no room \"alert\". Rooms: alerts, ingestion, objectives.",
                "scopes: \"alerts:drink\" is no scope. Write *, read, write, send, ROOM:* or ROOM:read, ROOM:write, ROOM:send.",
                "scopes: \"Everything\" is no scope. Write *, read, write, send, ROOM:* or ROOM:read, ROOM:write, ROOM:send.",
            ],
            read.Problems.Select(p => p.ToString()));
        Assert.Equal("scopes: No scope is named. Write one such as read, signals:send or alerts:*.", Assert.Single(Scopes.Parse(" , ", Rooms).Problems).ToString());
    }

    [Fact]
    public void Parse_ItsOwnText_IsTheSame() => Prop.ForAll(Any.ToArbitrary(), some =>
        some.All.Count == 0 || Scopes.Parse(some.ToString(), Rooms).Value.All.SequenceEqual(some.All.Distinct())).Hold();
}
