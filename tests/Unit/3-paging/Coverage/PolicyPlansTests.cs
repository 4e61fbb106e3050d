using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Coverage;
using Nines.Paging.Escalations;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules;
using Nines.Storage;
using Nines.Tests.Unit.Measuring.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Coverage;

/// <summary>What is written down for every moment is what the pager decides at that moment.</summary>
public sealed class PolicyPlansTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 3, 20, 11, 7);
    private static readonly Instant Until = From + Duration.FromDays(400);

    // They have nothing but a browser that takes push.
    private static readonly string[] Devices = ["dot", "boss"];

    private static readonly string World = string.Join("---\n", [
        .. ((string[])["ada", "bo", "cy", "dot", "eve", "boss"]).Select(p => $"{{apiVersion: nines/v1, kind: Person, metadata: {{name: {p}}}, spec: {{contacts: {{{(Devices.Contains(p) ? "" : $"email: {p}@example.com")}}}}}}}\n"),
        "{apiVersion: nines/v1, kind: Team, metadata: {name: pay}, spec: {lead: cy, members: [ada, bo]}}\n",
        "{apiVersion: nines/v1, kind: Schedule, metadata: {name: first}, spec: {timeZone: Europe/Berlin, secondary: second, layers: [{name: weeks, rotation: {turn: weekly, start: '2026-01-05T09:00', people: [ada, bo, nobody]}}, {name: nights, timeZone: America/New_York, hours: [{days: [Monday, Tuesday, Wednesday], from: '20:00', until: '04:00'}], rotation: {turn: daily, start: '2026-01-05T02:30', people: [cy, dot]}}]}}\n",
        "{apiVersion: nines/v1, kind: Schedule, metadata: {name: second}, spec: {timeZone: Australia/Lord_Howe, layers: [{name: all, rotation: {turn: daily, start: '2026-01-05T02:00', people: [eve, bo]}}]}}\n",
        "{apiVersion: nines/v1, kind: EscalationPolicy, metadata: {name: shop}, spec: {steps: [{notify: [{schedule: first}, {person: eve}], hours: {timeZone: Europe/London, days: [monday, friday, sunday], from: '22:00', until: '06:00'}, otherwise: [{team: pay}]}, {notify: [{role: secondary}, {lead: pay}]}, {notify: [{role: cto}]}, {notify: [{role: owner}, {role: team}]}]}}\n",
        "{apiVersion: nines/v1, kind: Service, metadata: {name: cart}, spec: {oncall: first, owner: {team: pay}}}\n",
        "{apiVersion: nines/v1, kind: Service, metadata: {name: checkout}, spec: {oncall: shop, owner: {team: pay}}}\n",
        "{apiVersion: nines/v1, kind: Service, metadata: {name: search}, spec: {owner: {person: dot}}}\n",
        "{apiVersion: nines/v1, kind: Service, metadata: {name: orphan}, spec: {}}\n"]);

    private static readonly ManifestSet All = ManifestReading.Read(World);

    [Fact]
    public void World_HasNoError() => Assert.Empty(ManifestReading.Errors(World));

    private static bool HasContact(Person person) => person.Contacts.Count > 0 || Devices.Contains(person.Name);

    private static PolicyPlans Plans() => new(
        new AlertRoutes(Options.Create(new AlertsOptions()), new CompiledManifests(ManifestReading.Kinds, Store.InMemory().Keys)),
        Options.Create(new EscalationsOptions { Cto = "boss" }), Options.Create(new NotificationsOptions { Owner = "boss" }));

    [Fact]
    public void Of_EveryService_NamesItsPolicy() => Assert.Equal(
        [" page shipped", "cart page shipped", "checkout page shop", "orphan page shipped", "search page shipped"],
        Plans().Of(All, HasContact).Select(p => $"{p.Service} {p.Severity} {p.Policy}").Order(StringComparer.Ordinal));

    [Fact]
    public void Spans_AtAnyMoment_AreWhatThePagerWouldDo()
    {
        var rotas = new RotaSet(All, ScheduleBook.None);
        var shifts = new SourceShifts(rotas, From, Until);
        var random = new Random(7);
        foreach (var plan in Plans().Of(All, HasContact))
        {
            var spans = CoverageSweep.Spans(plan.Levels, shifts.Of, From, Until);
            var chosen = PolicyChoice.Of("", plan.Service, All);
            foreach (var t in Enumerable.Range(0, LongRun.Of(400, 4000)).Select(_ => From + Duration.FromMinutes(random.Next(400 * 24 * 60))).Concat(spans.Select(s => s.From)))
            {
                var span = spans.Single(s => s.From <= t && t < s.Until);
                var world = new EscalationWorld(All, name => rotas.Find(name)?.At(t), "boss", "boss", HasContact, t);
                for (var step = 0; step < chosen.Policy.Steps.Count; step++)
                    Assert.Equal(StepTargets.Of(chosen.Policy.Steps[step], chosen, plan.Service, 0, world).People, span.Levels[step]);
            }
        }
    }

    [Fact]
    public void Words_OfAGapThatIsNew_HoldUp_AndAChangeIsSaid()
    {
        var t0 = Instant.FromUtc(2026, 12, 24, 9, 0);
        CoveragePlan plan = new(new(t0, t0, []), [
            new("cart", "page", [], [new(t0, t0 + Duration.FromHours(3)), new(t0 + Duration.FromDays(1), t0 + Duration.FromDays(2))]),
            new("shop", "page", [], [new(t0, t0 + Duration.FromHours(3)), new(t0 + Duration.FromDays(1), t0 + Duration.FromDays(2))]),
            new("search", "page", [new(t0, t0 + Duration.FromHours(1), [["ada"], ["bo"]], [["ada"], ["cy", "dot"]])], [])]);
        Assert.Equal(
            [
                "Nobody would be woken for cart and shop from 2026-12-24 09:00Z to 2026-12-24 12:00Z and 1 more time, 1 d 3 h in all; only the last resort is left. Cover the time in the schedule, name a further level, or give the people contacts.",
                "Somebody else is woken for search from 2026-12-24 09:00Z to 2026-12-24 10:00Z; at first level 2 is cy and dot instead of bo.",
            ],
            CoverageReview.Words(plan.Differences).Select(p => p.ToString()));
    }
}
