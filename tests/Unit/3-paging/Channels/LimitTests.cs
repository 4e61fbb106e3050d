using FsCheck;
using FsCheck.Fluent;
using Nines.Paging.Channels;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

public class LimitTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 3, 0);

    /// <summary>Whoever always sends as soon as allowed never breaks a limit, and whoever waits is let in at last.</summary>
    [Theory]
    [InlineData("voice")]
    [InlineData("sms")]
    public void Next_SendingAsSoonAsAllowed_HoldsEveryLimitInEveryWindow(string kind)
    {
        var limits = SendLimits.Of(kind);
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<PositiveInt>>(), pauses =>
        {
            var taken = new List<Instant>();
            var now = Start;
            for (var i = 0; i < 60; i++)
            {
                now += Duration.FromSeconds(pauses.Get[i % pauses.Get.Length].Get);
                now = SendLimits.Next(limits, taken, now);
                taken.Add(now);
            }

            return limits.All(l => taken.All(end => taken.Count(t => t > end - l.Within && t <= end) <= l.Most));
        }).Hold();
    }

    [Fact]
    public void Of_TheShippedFigures_AreGoAlerts()
    {
        Assert.Equal("1/1m 3/15m 7/1h 15/3h", Say("voice"));
        Assert.Equal("1/1m 5/15m 11/1h 21/3h", Say("sms"));
        Assert.Equal("", Say("slack"));

        static string Say(string kind) => string.Join(' ', SendLimits.Of(kind).Select(l => $"{l.Most}/{(l.Within < Duration.FromHours(1) ? $"{l.Within.TotalMinutes}m" : $"{l.Within.TotalHours}h")}"));
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("ab🔥", 3, "ab…")]
    [InlineData("a🔥b", 3, "a…")]
    public void Shorten_Text_IsCutOnABorder(string text, int most, string cut) => Assert.Equal(cut, Shorten.To(text, most));

    [Fact]
    public void Shorten_AnyText_StaysWithinAndWhole() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<PositiveInt>(), (any, size) =>
    {
        var text = string.Concat(any.Get.EnumerateRunes());
        var most = size.Get + 3;
        var (units, bytes) = (Shorten.To(text, most), Shorten.ToBytes(text, most));
        return units.Length <= most && System.Text.Encoding.UTF8.GetByteCount(bytes) <= most && Whole(units) && Whole(bytes);
    }).Hold();

    private static bool Whole(string text) => text == string.Concat(text.EnumerateRunes());
}
