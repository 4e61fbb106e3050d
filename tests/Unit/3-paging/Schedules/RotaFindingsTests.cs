using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Schedules;

public class RotaFindingsTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 8, 0);
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    private static Rota Of(string name, int length, params string[] people) => new(
        new()
        {
            Name = name,
            DisplayName = name,
            Zone = Berlin,
            Layers = [new() { Name = "weeks", Rotation = new(TurnUnit.Weekly, length, new(2026, 1, 5, 9, 0), [.. people.Select(p => (IReadOnlyList<string>)(p == "nobody" ? [] : [p]))]) }],
        },
        _ => true);

    private static string[] Find(Rota rota, Rota? second = null, Func<string, RotaPerson?>? person = null, bool isSecond = true) =>
        [.. RotaFindings.Of(rota, second, isSecond, person ?? (_ => new(Berlin, true)), Start).Select(f => $"{f.Rule.Name}: {f.What}")];

    [Fact]
    public void Of_FivePeopleWithASecondary_FindsNothing() =>
        Assert.Empty(Find(Of("a", 1, "ada", "bo", "cem", "dana", "eve"), Of("b", 1, "bo", "cem", "dana", "eve", "ada"), isSecond: false));

    [Fact]
    public void Of_FourPeople_AreTooFew() => Assert.Equal(["size: Only 4 people take turns."], Find(Of("a", 1, "ada", "bo", "cem", "dana")));

    [Fact]
    public void Of_TwoWeeksInARow_AreFound() =>
        Assert.Contains("back-to-back: ada is on call for 14 days without a break.", Find(Of("a", 2, "ada", "bo", "cem", "dana", "eve")));

    [Fact]
    public void Of_TheSameTwiceInARow_IsFoundToo() =>
        Assert.Contains("back-to-back: ada is on call for 14 days without a break.", Find(Of("a", 1, "ada", "ada", "bo", "cem", "dana", "eve")));

    [Fact]
    public void Of_ASlotOfNobody_IsAGap() =>
        Assert.StartsWith("gaps: Nobody is on call in 9 gaps within 400 days", Assert.Single(Find(Of("a", 1, "ada", "bo", "cem", "dana", "eve", "nobody")), f => f.StartsWith("gaps", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Of_OneOfManyHasMost_IsUnfair() =>
        Assert.Contains(Find(Of("a", 1, "ada", "bo", "ada", "cem", "ada", "dana", "ada", "eve")), f => f.StartsWith("fairness: In the next quarter ada has ", StringComparison.Ordinal));

    [Fact]
    public void Of_FirstAndSecondAreOne_IsFound() =>
        Assert.StartsWith("second: For 1344 h of the next 400 days the same person is first and second", Assert.Single(Find(Of("a", 1, "ada", "bo", "cem", "dana", "eve"), Of("b", 1, "ada", "cem", "dana", "eve", "fritz", "gus"))), StringComparison.Ordinal);

    [Fact]
    public void Of_NobodySecond_IsFound() => Assert.Contains("second: Nobody is second.", Find(Of("a", 1, "ada", "bo", "cem", "dana", "eve"), isSecond: false));

    [Fact]
    public void Of_SomebodyAwakeElsewhere_IsFound() =>
        Assert.Contains(
            Find(Of("a", 1, "ada", "bo", "cem", "dana", "kaori"), person: p => new(p == "kaori" ? DateTimeZoneProviders.Tzdb["Asia/Tokyo"] : Berlin, true)),
            f => f.StartsWith("follow-the-sun: In ", StringComparison.Ordinal));

    [Fact]
    public void Of_SomebodyWithoutContact_IsFound() =>
        Assert.Contains("reachable: bo has no contact and cannot be called.", Find(Of("a", 1, "ada", "bo", "cem", "dana", "eve"), person: p => new(Berlin, p != "bo")));

    [Fact]
    public void Of_DayHoursForSomebodyWhoSleeps_AreFound()
    {
        var rota = new Rota(
            new()
            {
                Name = "a",
                DisplayName = "a",
                Zone = Berlin,
                Layers = [new() { Name = "office", Hours = [.. Enumerable.Range(1, 5).Select(d => new WeeklyHours((IsoDayOfWeek)d, new(9, 0), 0, new(17, 0)))], Rotation = new(TurnUnit.Weekly, 1, new(2026, 1, 5, 9, 0), [["lee"]]) }],
            },
            _ => true);

        Assert.Contains(
            "zones: The hours of the layer office are day in Europe/Berlin, but night where lee lives (America/Los_Angeles).",
            Find(rota, person: _ => new(DateTimeZoneProviders.Tzdb["America/Los_Angeles"], true)));
    }

    [Fact]
    public void All_EveryRule_HasItsSource() => Assert.All(RotaRules.All, r => Assert.True(r.Words.Length > 10 && r.Source.Length > 5));

    [Fact]
    public void Check_Manifest_SaysFindingsWithTheirPlace()
    {
        var kinds = new ManifestKinds([new PersonKind(), new TeamKind(), new Nines.Paging.Schedules.Manifests.ScheduleKind()]);
        var problems = new ProblemList();
        var documents = ManifestParser.Parse("""
            apiVersion: nines/v1
            kind: Schedule
            metadata: { name: payments }
            spec:
              timeZone: Europe/Berln
              secondary: payments
              layers:
                - rotation: { turn: weakly, start: 2026-13-01, people: [] }
                - hours: [{ days: [mon], from: "25:00" }]
            """, "s.yaml", problems);

        var said = ManifestSet.Build([kinds.Compile(documents[0])], whole: true).Problems.Where(p => p.IsError).Select(p => p.ToString()).ToArray();

        Assert.Equal(
            [
                "s.yaml:5:13: spec.timeZone: \"Europe/Berln\" is not an IANA time zone. Did you mean Europe/Berlin?",
                "s.yaml:6:14: spec.secondary: A schedule is not its own secondary. Name another schedule, or leave secondary: out.",
                "s.yaml:8:25: spec.layers[0].rotation.turn: \"weakly\" is not allowed here. Did you mean \"weekly\"? Write one of hourly, daily, weekly, monthly.",
                "s.yaml:8:40: spec.layers[0].rotation.start: \"2026-13-01\" is not a local time. Write one such as 2026-01-05T09:00, without an offset: the zone is the schedule's.",
                "s.yaml:8:60: spec.layers[0].rotation.people: Nobody is in this rotation. Write the people in the order of their turns.",
                "s.yaml:9:7: spec.layers[1]: This layer has nobody. Write rotation: with people who take turns, shifts:, or ical: with the text of a calendar.",
                "s.yaml:9:24: spec.layers[1].hours[0].days[0]: \"mon\" is not allowed here. Write one of monday, tuesday, wednesday, thursday, friday, saturday, sunday, weekdays, weekends.",
                "s.yaml:9:36: spec.layers[1].hours[0].from: \"25:00\" is not a time of day. Write one such as 09:00.",
            ],
            said);
    }
}
