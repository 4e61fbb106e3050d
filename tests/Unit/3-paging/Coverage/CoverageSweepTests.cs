using FsCheck.Fluent;
using Nines.Paging.Coverage;
using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Coverage;

public sealed class CoverageSweepTests
{
    private static readonly Instant T0 = Instant.FromUtc(2026, 11, 21, 0, 0);
    private static readonly string[] Names = ["ada", "grace", "alan", "edsger"];

    private static Instant At(double hours) => T0 + Duration.FromHours(hours);

    private static Shift Shift(string schedule, double from, double until, params string[] people) => new(schedule, At(from), At(until), people, "", "");

    [Fact]
    public void Spans_TwoSchedulesHandOverAtDifferentTimes_EachPairOnce()
    {
        var shifts = new Dictionary<string, Shift[]>
        {
            ["first"] = [Shift("first", 0, 8, "ada"), Shift("first", 8, 16), Shift("first", 16, 24, "grace")],
            ["second"] = [Shift("second", 0, 12, "alan"), Shift("second", 12, 24, "alan")],
        };
        var spans = CoverageSweep.Spans([new([LevelSource.Of("first")]), new([LevelSource.Of("second"), LevelSource.Of(["ada"])])], s => shifts[s.Schedule!], T0, At(24));
        Assert.Equal(["0-8 ada | alan,ada", "8-16  | alan,ada", "16-24 grace | alan,ada"], spans.Select(Text));
    }

    [Fact]
    public void Spans_OfASchedulethatIsGone_CallNobody() =>
        Assert.Equal(["0-24 "], CoverageSweep.Spans([new([LevelSource.Of("gone")])], _ => [], T0, At(24)).Select(Text));

    [Fact]
    public void Changes_OneHourIsCoveredByAnother_ThatHourOnly()
    {
        CoverageSpan[] before = [new(T0, At(24), [["ada"], ["grace"]])];
        CoverageSpan[] after = [new(T0, At(9), [["ada"], ["grace"]]), new(At(9), At(10), [["alan"], ["grace"]]), new(At(10), At(24), [["ada"], ["grace"]])];
        var change = Assert.Single(CoverageSweep.Changes(before, after));
        Assert.Equal((At(9), At(10), "ada", "alan"), (change.From, change.Until, change.Before[0][0], change.After[0][0]));
        Assert.Empty(CoverageSweep.Changes(after, after));
    }

    [Fact]
    public void Changes_OnlyALevelWithNobodyGoesOrComes_WakesNobodyElse()
    {
        CoverageSpan[] before = [new(T0, At(24), [["ada"], [], ["grace"], []])];
        CoverageSpan[] after = [new(T0, At(12), [["ada"], ["grace"]]), new(At(12), At(24), [["ada"], ["grace"], [], ["alan"]])];
        var change = Assert.Single(CoverageSweep.Changes(before, after));
        Assert.Equal(At(12), change.From);
        Assert.Equal(
            "Somebody else is woken for cart from 2026-11-21 12:00Z to 2026-11-22 00:00Z; at first level 2 is grace instead of nobody.",
            CoverageWords.Of(new CoverageDifference("cart", "page", [change], [])));
    }

    [Fact]
    public void Faults_OfEachKind_AreNamedWithTheirTimes()
    {
        CoverageSpan[] spans =
        [
            new(At(0), At(1), [["ada"], ["grace"]]), new(At(1), At(2), [[], ["grace"]]), new(At(2), At(3), [[], []]), new(At(3), At(4), [["nina"], []]),
            new(At(4), At(5), [["una"], ["una"]]),
        ];
        var faults = CoverageFaults.Of(spans, p => p switch { "nina" => Reach.None, "una" => Reach.Unverified, _ => Reach.Verified });
        Assert.Equal(
            ["Gap 0 [nina] 2-4", "Unverified 0 [una] 4-5", "EmptyLevel 1 [] 1-3", "EmptyLevel 2 [] 2-4", "NoContact 1 [nina] 3-4"],
            faults.Select(f => $"{f.Kind} {f.Level} [{string.Join(',', f.People)}] {string.Join(' ', f.Stretches.Select(s => $"{Hour(s.From)}-{Hour(s.Until)}"))}"));
        Assert.Equal(Duration.FromHours(2), faults[0].Length);
        Assert.Equal(["3-4"], CoverageFaults.Without(faults[0].Stretches, [new(At(1), At(3))]).Select(s => $"{Hour(s.From)}-{Hour(s.Until)}"));
    }

    /// <summary>The sweep says at every half hour what asking each schedule at that half hour says.</summary>
    [Fact]
    public void Spans_OverRandomShifts_AreWhatAskingEachTimeSays() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new System.Random(seed);
        var schedules = Enumerable.Range(0, 3).ToDictionary(i => $"s{i}", i => Random(random, $"s{i}"));
        LevelPlan[] levels = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new LevelPlan([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(4) == 0 ? LevelSource.Of([Names[random.Next(4)]]) : LevelSource.Of($"s{random.Next(3)}"))]))];
        var spans = CoverageSweep.Spans(levels, s => schedules[s.Schedule!], T0, At(48));
        for (var i = 1; i < spans.Count; i++)
            if (spans[i].From != spans[i - 1].Until || spans[i].SameAs(spans[i - 1])) return false;
        for (var t = T0; t < At(48); t += Duration.FromMinutes(30))
        {
            var span = spans.Single(s => s.From <= t && t < s.Until);
            for (var l = 0; l < levels.Length; l++)
            {
                var asked = levels[l].Sources.SelectMany(s => s.Schedule is { } name ? schedules[name].Single(x => x.From <= t && t < x.Until).People : s.People).Distinct();
                if (!asked.SequenceEqual(span.Levels[l])) return false;
            }
        }

        return spans[0].From == T0 && spans[^1].Until == At(48);
    }).Hold();

    private static Shift[] Random(System.Random random, string name)
    {
        var shifts = new List<Shift>();
        for (var at = 0.0; at < 48;)
        {
            var until = Math.Min(48, at + (0.5 * random.Next(1, 30)));
            shifts.Add(Shift(name, at, until, [.. Names.Where(_ => random.Next(3) == 0)]));
            at = until;
        }

        return [.. shifts];
    }

    private static double Hour(Instant at) => (at - T0).TotalHours;

    private static string Text(CoverageSpan span) => $"{Hour(span.From)}-{Hour(span.Until)} {string.Join(" | ", span.Levels.Select(l => string.Join(',', l)))}";
}
