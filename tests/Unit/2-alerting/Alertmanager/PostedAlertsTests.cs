using System.Text;
using FsCheck.Fluent;
using Nines.Alerting.Alertmanager;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alertmanager;

public class PostedAlertsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static (PostedAlerts Posted, BodyRefusal? Refusal) Read(string body)
    {
        var posted = PostedAlerts.Read(Encoding.UTF8.GetBytes(body), new TextPool(), Now, Duration.FromMinutes(5), out var refusal);
        return (posted, refusal);
    }

    private static PostedAlert One(string alert) => Assert.Single(Read($"[{alert}]").Posted.Alerts);

    [Fact]
    public void Read_NoTimes_StartsNowAndTimesOut()
    {
        var one = One("""{"labels":{"alertname":"A"}}""");
        Assert.Equal((Now, Now + Duration.FromMinutes(5), true), (one.StartsAt, one.EndsAt, one.TimesOut));
    }

    [Fact]
    public void Read_TimesOfYearOne_AreNotSet()
    {
        var one = One("""{"labels":{"alertname":"A"},"startsAt":"0001-01-01T00:00:00.000Z","endsAt":"0001-01-01T00:00:00.000Z"}""");
        Assert.Equal((Now, true), (one.StartsAt, one.TimesOut));
    }

    [Fact]
    public void Read_OnlyAnEnd_StartsThereAsInAlertmanager()
    {
        var one = One("""{"labels":{"alertname":"A"},"endsAt":"2026-11-21T04:00:00Z"}""");
        Assert.Equal((Instant.FromUtc(2026, 11, 21, 4, 0), Instant.FromUtc(2026, 11, 21, 4, 0), false), (one.StartsAt, one.EndsAt, one.TimesOut));
    }

    [Fact]
    public void Read_TimesAndNamesWithEscapes_AreWhatTheyMean()
    {
        var one = One("""{"l\u0061bels":{"alertname":"A"},"startsAt":"2026-11-21T04:00:00\u002B01:00"}""");
        Assert.Equal(Now, one.StartsAt);
    }

    [Fact]
    public void Read_SomeWrong_KeepsTheOthersAndNamesWhatIsWrong()
    {
        var (posted, refusal) = Read("""[{"labels":{"alertname":"A"}},{"labels":{}},{"labels":{"a":""}},{"labels":{"alertname":"B","x":""},"startsAt":"2026-11-21T03:00:00Z","endsAt":"2026-11-21T02:00:00Z"},{"labels":{"alertname":"C","x":""}}]""");
        Assert.Null(refusal);
        Assert.Equal(["{alertname=\"A\"}", "{alertname=\"C\"}"], posted.Alerts.Select(a => a.Labels.ToString()));
        Assert.Equal(["at least one label pair required", "at least one label pair required", "start time must be before end time"], posted.Wrong);
    }

    [Theory]
    [InlineData("", 422, 602)]
    [InlineData("  \n", 422, 602)]
    [InlineData("{}", 400, 400)]
    [InlineData("[{]", 400, 400)]
    [InlineData("[{}]", 422, 602)]
    [InlineData("[{\"labels\":null}]", 422, 602)]
    [InlineData("[{\"labels\":{\"a\":1}}]", 400, 400)]
    [InlineData("[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"yesterday\"}]", 400, 400)]
    [InlineData("[3]", 400, 400)]
    [InlineData("[{\"labels\":{\"a\":\"b\"}", 400, 400)]
    public void Read_WhatIsNoArrayOfAlerts_IsRefusedAsAlertmanagerDoes(string body, int status, int code)
    {
        var refusal = Read(body).Refusal;
        Assert.Equal((status, code), (refusal!.Status, refusal.Code));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public void Read_Nothing_IsNothing(string body) => Assert.Equal((0, null), (Read(body).Posted.Alerts.Count, Read(body).Refusal));

    [Fact]
    public void Read_HalfASurrogate_BecomesTheReplacementCharacter() =>
        Assert.Equal("a\uFFFDb\n", One("""{"labels":{"alertname":"a\ud800b\n"}}""").Labels["alertname"]);

    [Fact]
    public void Read_BytesThatAreNoUtf8_BecomeTheReplacementCharacter()
    {
        var posted = PostedAlerts.Read([.. "[{\"labels\":{\"alertname\":\""u8, 0xFF, .. "\"}}]"u8], new TextPool(), Now, Duration.FromMinutes(5), out var refusal);
        Assert.Null(refusal);
        Assert.Equal("\uFFFD", posted.Alerts[0].Labels["alertname"]);
    }

    [Fact]
    public void Read_HugeLabels_AreRefusedAndHugeAnnotationsCut()
    {
        var huge = new string('x', PostedAlerts.LabelBytes);
        var (posted, _) = Read($$$"""[{"labels":{"a":"{{{huge}}}"}},{"labels":{"b":"c"},"annotations":{"summary":"{{{huge}}}"}}]""");
        Assert.StartsWith("labels of ", Assert.Single(posted.Wrong), StringComparison.Ordinal);
        Assert.Equal(PostedAlerts.AnnotationBytes + 1, Assert.Single(posted.Alerts).Annotations["summary"].Length);
    }

    [Fact]
    public void Read_LabelsInAnyOrderAndTwice_TheLastCounts() =>
        Assert.Equal("{a=\"2\",b=\"1\"}", One("""{"Labels":{"b":"1","a":"1","a":"2"}}""").Labels.ToString());

    [Fact]
    public void Read_RunbookUrl_IsAlsoNinesRunbook() =>
        Assert.Equal("https://r.example", One("""{"labels":{"a":"b"},"annotations":{"runbook_url":"https://r.example"}}""").Annotations["runbook"]);

    [Fact]
    public void Read_AnyBytes_NeverThrow() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        PostedAlerts.Read(bytes, new TextPool(), Now, Duration.FromMinutes(5), out _);
        return true;
    }).Hold();

    [Fact]
    public void Read_DamagedBodies_NeverThrow() => Prop.ForAll(
        (from at in Gen.Choose(0, 400) from with in Gen.Choose(0, 255) from cut in Gen.Choose(0, 400) select (at, (byte)with, cut)).ToArbitrary(), damage =>
        {
            var body = Encoding.UTF8.GetBytes("""[{"labels":{"alertname":"A\u00e9","b":"\ud83d\ude00"},"annotations":{"summary":"x\"y"},"startsAt":"2026-11-21T03:00:00.123+02:00","endsAt":"2026-11-22T03:00:00Z","generatorURL":"http://x","z":[1,{"a":null}]},{"labels":{"c":"d"}}]""");
            body[damage.at % body.Length] = damage.Item2;
            PostedAlerts.Read(body.AsSpan(0, Math.Max(1, damage.cut % (body.Length + 1))), new TextPool(), Now, Duration.FromMinutes(5), out _);
            PostedAlerts.Read(body, new TextPool(), Now, Duration.FromMinutes(5), out _);
            return true;
        }).Hold();
}
