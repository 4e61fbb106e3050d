using System.Text;
using FsCheck.Fluent;
using Nines.Alerting.Alertmanager;
using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alertmanager;

public class SilenceUpdateTests
{
    private const string First = "01jd0000000000000000000001";
    private const string Next = "01jd0000000000000000000002";
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);
    private SilenceBook _book = SilenceBook.None;

    private static PostedSilence Posted(string uuid = "", string value = "checkout", int startMinutes = 0, int endMinutes = 60) => new(
        uuid, [new("service", MatchKind.Equal, value)], Now + Duration.FromMinutes(startMinutes), Now + Duration.FromMinutes(endMinutes), "alice", "move");

    private (string Id, int Status, string? Sentence) Post(PostedSilence posted, string newId = Next)
    {
        var (events, id, status, sentence) = SilenceUpdate.Decide(_book, posted, "local", newId, Now);
        var fold = new SilenceFold();
        foreach (var (stream, happened) in events) _book = fold.Apply(_book, new(new(1, stream, 0, "t", Now, "local", 0, null, default), happened));
        return (id, status, sentence);
    }

    [Fact]
    public void Decide_LaterEndOfTheSame_KeepsItsId()
    {
        Post(Posted(), First);
        Assert.Equal(First, Post(Posted(SilenceUuid.Of(First), endMinutes: 120)).Id);
        Assert.Equal(Now + Duration.FromMinutes(120), _book.Open[First].EndsAt);
    }

    [Fact]
    public void Decide_OtherMatchers_EndsTheOldAndMakesANewOne()
    {
        Post(Posted(), First);
        Assert.Equal(Next, Post(Posted(SilenceUuid.Of(First), "search")).Id);
        Assert.Equal((First, Next), (Assert.Single(_book.Ended).Id, Assert.Single(_book.Open.Values).Id));
    }

    [Fact]
    public void Decide_OtherStartOfARunningOne_MakesANewOne()
    {
        Post(Posted(), First);
        Assert.Equal(Next, Post(Posted(SilenceUuid.Of(First), startMinutes: -10)).Id);
    }

    [Fact]
    public void Decide_OtherStartOfOneToCome_KeepsItsId()
    {
        Post(Posted(startMinutes: 10), First);
        Assert.Equal(First, Post(Posted(SilenceUuid.Of(First), startMinutes: 20)).Id);
    }

    [Theory]
    [InlineData("zzz", "checkout", 0, 60, 404, "silence not found")]
    [InlineData("", "", 0, 60, 400, "silence invalid: at least one matcher must not match the empty string")]
    [InlineData("", "checkout", 60, 60, 400, "Failed to create silence: start time must be before end time")]
    [InlineData("", "checkout", -120, -60, 400, "Failed to create silence: end time can't be in the past")]
    [InlineData("", "checkout", 0, 60000, 400, "silence invalid: A silence lasts at most 30d. Give an earlier end, or mend or delete the alert.")]
    public void Decide_Wrong_IsRefusedInAlertmanagersWords(string uuid, string value, int start, int end, int status, string sentence) =>
        Assert.Equal((status, sentence), (Post(Posted(uuid, value, start, end)).Status, Post(Posted(uuid, value, start, end)).Sentence));

    [Fact]
    public void Uuid_OfAnyId_IsReadBack() => Prop.ForAll(Gen.Choose(0, int.MaxValue).Two().ToArbitrary(), two =>
    {
        var id = new IdSource(new Random(two.Item1)).Next(Instant.FromUnixTimeMilliseconds(two.Item2 * 1000L));
        return SilenceUuid.IsUuid(SilenceUuid.Of(id)) && SilenceUuid.Read(SilenceUuid.Of(id)) == id;
    }).Hold();

    [Theory]
    [InlineData("2d8a8a6e-0000-4000-8000-000000000000", true)]
    [InlineData("2d8a8a6e000040008000000000000000", true)]
    [InlineData("zzz", false)]
    [InlineData("2d8a8a6e-0000-4000-8000-00000000000", false)]
    [InlineData("2d8a8a6e-0000-4000-8000-0000000000000", false)]
    [InlineData("", false)]
    public void IsUuid_AsAlertmanagerTakesIt(string text, bool is_) => Assert.Equal(is_, SilenceUuid.IsUuid(text));

    [Theory]
    [InlineData("", 422, null)]
    [InlineData("{", 400, null)]
    [InlineData("[]", 400, null)]
    [InlineData("{\"comment\":\"c\",\"createdBy\":\"m\",\"endsAt\":\"2030-01-01T00:00:00Z\",\"startsAt\":\"x\",\"matchers\":[{\"name\":\"a\",\"value\":\"b\",\"isRegex\":false}]}", 400, null)]
    [InlineData("{\"comment\":\"c\",\"createdBy\":\"m\",\"endsAt\":\"2030-01-01T00:00:00Z\",\"startsAt\":\"2026-01-01T00:00:00Z\",\"matchers\":[]}", 422, null)]
    [InlineData("{\"comment\":\"c\",\"createdBy\":\"m\",\"endsAt\":\"2030-01-01T00:00:00Z\",\"startsAt\":\"2026-01-01T00:00:00Z\",\"matchers\":[{\"name\":\"a\",\"value\":\"b\"}]}", 422, null)]
    public void Read_WrongBodies_AreRefused(string body, int status, string? sentence)
    {
        var read = PostedSilence.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal((status, sentence), (read.Refusal!.Status, read.Sentence));
    }

    [Fact]
    public void Read_AnyBytes_NeverThrow() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        PostedSilence.Read(bytes);
        return true;
    }).Hold();
}
