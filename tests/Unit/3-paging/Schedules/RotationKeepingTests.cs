using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

/// <summary>An edit keeps who is on call now (terraform-provider-pagerduty#215, #560, #1083: it reshuffled everybody).</summary>
public class RotationKeepingTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDateTime Start = new(2026, 1, 5, 9, 0);

    private static ScheduleLayer Layer(params string[] people) => new() { Name = "weeks", Rotation = new(TurnUnit.Weekly, 1, Start, [.. people.Select(p => (IReadOnlyList<string>)[p])]) };

    private static RotationKept Keep(ScheduleLayer layer, RotationKept? before, Instant now) => RotationKeeping.Keep("s", layer, Berlin, p => p, before, now);

    private static string OnCall(ScheduleLayer layer, RotationKept kept, Instant at) =>
        new Rota(new() { Name = "s", DisplayName = "s", Zone = Berlin, Layers = [RotationKeeping.With(layer, kept)] }, _ => true).At(at).People[0];

    [Theory]
    [InlineData("ada bo cem", "ada bo cem dana")]
    [InlineData("ada bo cem", "dana ada bo cem")]
    [InlineData("ada bo cem dana", "ada cem dana bo")]
    [InlineData("ada bo cem dana eve", "cem")]
    [InlineData("ada bo ada cem", "ada bo ada cem dana")]
    public void Keep_MembersChange_WhoeverIsOnCallStays(string before, string after)
    {
        for (var week = 0; week < 12; week++)
        {
            var now = Start.InZoneStrictly(Berlin).ToInstant() + Duration.FromDays((7 * week) + 3);
            var (old, edited) = (Layer(before.Split(' ')), Layer(after.Split(' ')));
            var first = Keep(old, null, now);
            var was = OnCall(old, first, now);

            var kept = Keep(edited, first, now);

            if (after.Contains(was, StringComparison.Ordinal)) Assert.Equal(was, OnCall(edited, kept, now));
        }
    }

    [Fact]
    public void Keep_WhoeverIsOnCallLeaves_TheNextOneWhoStayedTakesOver()
    {
        var now = Start.InZoneStrictly(Berlin).ToInstant() + Duration.FromDays(8);
        var old = Layer("ada", "bo", "cem", "dana");
        var first = Keep(old, null, now);
        Assert.Equal("bo", OnCall(old, first, now));
        var edited = Layer("dana", "ada", "cem");

        Assert.Equal("cem", OnCall(edited, Keep(edited, first, now), now));
    }

    [Fact]
    public void Keep_SecondEdit_GoesOnFromTheFirst()
    {
        var now = Start.InZoneStrictly(Berlin).ToInstant() + Duration.FromDays(40);
        var kept = Keep(Layer("ada", "bo", "cem"), null, now);
        var was = OnCall(Layer("ada", "bo", "cem"), kept, now);
        foreach (var people in new[] { "ada bo cem dana", "eve ada bo cem dana", "eve dana cem bo ada" })
        {
            var edited = Layer(people.Split(' '));
            kept = Keep(edited, kept, now);
            Assert.Equal(was, OnCall(edited, kept, now));
        }
    }

    [Fact]
    public void Keep_AnotherStart_BeginsAnew()
    {
        var now = Start.InZoneStrictly(Berlin).ToInstant() + Duration.FromDays(40);
        var kept = Keep(Layer("ada", "bo", "cem", "dana"), Keep(Layer("ada", "bo", "cem"), null, now), now);
        var again = Layer("ada", "bo", "cem", "dana");
        again = again with { Rotation = again.Rotation! with { Start = Start.PlusWeeks(1) } };

        Assert.Equal(0, Keep(again, kept, now).Shift);
    }

    [Fact]
    public void Keep_LongerTurns_WhoeverIsOnCallStays()
    {
        for (var day = 0; day < 60; day += 5)
        {
            var now = Start.InZoneStrictly(Berlin).ToInstant() + Duration.FromDays(day) + Duration.FromHours(1);
            var first = Keep(Layer("ada", "bo", "cem"), null, now);
            var edited = Layer("ada", "bo", "cem");
            edited = edited with { Rotation = edited.Rotation! with { Length = 2 } };

            Assert.Equal(OnCall(Layer("ada", "bo", "cem"), first, now), OnCall(edited, Keep(edited, first, now), now));
        }
    }
}
