using Nines.Catalog;
using Nines.Learning.Postmortems;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class PostmortemFactsTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 0);

    private static Instant At(int minute) => Start + Duration.FromMinutes(minute);

    private static PostmortemPolicy Priced(params (string Service, decimal Amount, string Currency)[] costs) =>
        PostmortemPolicy.Shipped with { CostPerMinute = costs.Aggregate(PostmortemPolicy.Shipped.CostPerMinute, (all, c) => all.SetItem(c.Service, new Money(c.Amount, c.Currency))) };

    internal static PostmortemFacts Facts() => PostmortemFacts.Of(
        new() { Id = "inc1", Number = 1, Title = "Card payments fail", Severity = IncidentSeverity.Sev2, Services = ["payments", "shop"], Alerts = ["a1"], DeclaredAt = At(9), DetectedAt = At(4), MitigatedAt = At(24), ResolvedAt = At(56), Timeline = [new("2", At(9), At(9), TimelineKind.State, "Declared"), new("1", At(1), At(9), TimelineKind.Change, "Deploy")] },
        [new("shop-latency", At(3), At(20), 100, 0.01, 30), new("payments-availability", At(1), At(24), 2554, 0.062, 31), new("payments-latency", At(0), At(10), 12, 0.02, 31)],
        name => name.StartsWith("shop", StringComparison.Ordinal) ? "shop" : "payments", Priced(("payments", 180.5m, "EUR"), ("shop", 10, "USD"), ("other", 9, "EUR")));

    [Fact]
    public void Of_EqualsWhatTheMinutesSay()
    {
        var facts = Facts();
        Assert.Equal((24, 2666, 0.062), (facts.Minutes, facts.Failed, facts.Spent));
        Assert.Equal(["payments-availability", "payments-latency", "shop-latency"], facts.Impact.Select(i => i.Measured.Objective));
        // payments burned from minute 0 to 24 by two objectives, shop from 3 to 20.
        Assert.Equal([("payments", 24.0, 4332m, "EUR"), ("shop", 17.0, 170m, "USD")], facts.Revenue.Select(r => (r.Service, r.Minutes, r.Lost.Amount, r.Lost.Currency)));
        Assert.Equal((Duration.FromMinutes(4), Duration.FromMinutes(20), Duration.FromMinutes(52)), (facts.Clocks.ToDetect, facts.Clocks.ToMitigate, facts.Clocks.ToResolve));
        Assert.Equal(["Deploy", "Declared"], facts.Timeline.Select(l => l.Text));
        Assert.Equal("alert", facts.Detection);
    }

    [Fact]
    public void Of_NothingMeasured_GuessesNothing()
    {
        var facts = PostmortemFacts.Of(new() { Id = "inc1", Number = 1, Title = "x", Severity = IncidentSeverity.Sev3, DeclaredAt = At(9), DetectedAt = At(9) }, [], _ => null, Priced(("payments", 1, "EUR")));
        Assert.Equal((null, null, null, 0, "report"), (facts.Minutes, facts.Failed, facts.Spent, facts.Revenue.Count, facts.Detection));
        Assert.Empty(PostmortemFigures.Of(facts));
    }

    [Fact]
    public void Figures_EachSaysWhereItComesFrom()
    {
        var figures = PostmortemFigures.Of(Facts());
        Assert.All(figures, f => Assert.NotEmpty(f.From));
        Assert.Contains(figures, f => f is { Name: "Revenue lost", Words: "4,332\u00a0EUR", From: "24 min of payments at 180.5\u00a0EUR a minute, says the postmortem policy" });
        Assert.Contains(figures, f => f is { Name: "Budget spent", Words: "6.2\u00a0%", From: "of the budget of payments-availability" });
        Assert.Contains(figures, f => f is { Name: "To detect", Words: "4\u00a0min", From: "from the first minute to the first alert" });
    }
}
