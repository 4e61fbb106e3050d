using Nines.Catalog.Manifests;
using Nines.Host.Simulation;
using Nines.Paging.Coverage;
using NodaTime;

namespace Nines.Tests.Stories.Simulation;

/// <summary>What a change does to who is woken is worked out for what it touches only: in any world that comes to what two whole reports say.</summary>
public sealed class CoverageOfWorldsTests
{
    [Fact]
    public void Differences_OfAnyChangeInAnyWorld_AreThoseOfTwoWholeReports()
    {
        var seen = 0;
        for (var number = 0; number < LongRun.Of(8, 60); number++)
        {
            var world = new SimWorld(77, number);
            Assert.Null(world.Run().Break);
            var (process, random, from) = (world.Process, new Random(number), world.Clock.Wall);
            foreach (var _ in Enumerable.Range(0, 6))
            {
                var problems = new ProblemList();
                var next = process.Get<ApplyManifests>().Plan(process.State, ManifestParser.Parse(Change(random, from), null, problems), problems);
                Assert.True(next.Ok, string.Join("\n", next.Problems));
                var desk = process.Get<CoverageDesk>();
                var whole = desk.Plan(process.State, next.Value, from, from + Duration.FromDays(100)).Differences.Select(Text).ToArray();
                Assert.Equal(whole, desk.Differences(process.State, next.Value, from, from + Duration.FromDays(100)).Select(Text));
                seen += whole.Length;
            }
        }

        Assert.True(seen > 20, $"{seen} differences show little.");
    }

    private static string Change(Random random, Instant now) => random.Next(5) switch
    {
        0 => $"apiVersion: nines/v1\nkind: Service\nmetadata: {{ name: s{random.Next(2)} }}\nspec: {{ owner: {{ person: p{random.Next(3)} }}{(random.Next(2) == 0 ? ", oncall: rota" : "")} }}\n",
        1 => $"apiVersion: nines/v1\nkind: Team\nmetadata: {{ name: makers }}\nspec: {{ lead: p{random.Next(3)}, members: [p0, p{random.Next(1, 3)}] }}\n",
        2 => $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: p{random.Next(3)} }}\nspec: {{ contacts: [] }}\n",
        3 => $"apiVersion: nines/v1\nkind: Schedule\nmetadata: {{ name: rota }}\nspec:\n  timeZone: {Zone}\n  layers:\n    - rotation: {{ turn: daily, start: \"{now.InUtc().Date.PlusDays(-random.Next(3)):uuuu-MM-dd}T09:00\", people: [p0, p{random.Next(1, 3)}] }}\n",
        _ => $"apiVersion: nines/v1\nkind: EscalationPolicy\nmetadata: {{ name: turns }}\nspec: {{ steps: [{{ notify: [{{ schedule: rota }}, {{ person: p{random.Next(3)} }}] }}, {{ notify: [{{ lead: keepers }}] }}] }}\n",
    };

    private const string Zone = "Europe/Berlin";

    private static string Text(CoverageDifference difference) =>
        $"{difference.Service} {difference.Severity} [{string.Join("; ", difference.NewGaps)}] {string.Join("; ", difference.Changes.Select(c => $"{c.From}-{c.Until} {Levels(c.Before)} > {Levels(c.After)}"))}";

    private static string Levels(IReadOnlyList<IReadOnlyList<string>> levels) => string.Join('|', levels.Select(l => string.Join(',', l)));
}
