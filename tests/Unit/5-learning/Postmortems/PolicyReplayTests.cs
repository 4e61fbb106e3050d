using Nines.Learning.Postmortems;
using Nines.Tests.Unit.Measuring.Objectives;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class PolicyReplayTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 11, 1, 0, 0);

    [Fact]
    public void Of_AnOutageAndASmallBurnBefore_CountsMinutesSoonerAndExtraPages()
    {
        // 100 requests a minute for ten days; on the third 3 % fail for forty minutes, on the eighth 15 % for half an hour.
        var (bad, total) = (new double[14400], new double[14400]);
        Array.Fill(total, 100);
        Array.Fill(bad, 3, 4000, 40);
        Array.Fill(bad, 15, 11000, 30);
        var input = new ReplayInput(Scenario.Availability(target: 0.999), new(From, bad, total), From + Duration.FromMinutes(11000));
        var rows = PolicyReplay.Of(input, From + Duration.FromMinutes(11006), From + Duration.FromMinutes(11030));

        var own = Assert.Single(rows, r => r.Own);
        // 0.15·k/60 above 0.0144 in the sixth minute (semantics.md, oracle); the small burn pages after 29 minutes: 0.03·k/60 above 0.0144.
        Assert.Equal((From + Duration.FromMinutes(11006), Duration.FromMinutes(6), 0.0, 2, 0), (own.PagedAt, own.AfterImpact, own.SoonerMinutes, own.Pages, own.Extra));
        var half = Assert.Single(rows, r => r.Policy == "1h/5m above 7.2×");
        Assert.Equal((3.0, 2, 0), (half.SoonerMinutes, half.Pages, half.Extra));
        var twice = Assert.Single(rows, r => r.Policy == "1h/5m above 28.8×");
        Assert.Equal((-6.0, 1, -1), (twice.SoonerMinutes, twice.Pages, twice.Extra));
        Assert.Equal((null, null, 0), (rows[^1].PagedAt, rows[^1].SoonerMinutes, rows[^1].Pages));
        Assert.Equal(rows.Select(r => r.PagedAt ?? Instant.MaxValue).Order(), rows.Select(r => r.PagedAt ?? Instant.MaxValue));
    }

    [Fact]
    public void Candidates_OfACoarseTarget_LeaveOutWhatCouldNeverPage() =>
        Assert.DoesNotContain(PolicyReplay.Candidates(Scenario.Availability(target: 0.95)), c => c.Words.Contains("28.8", StringComparison.Ordinal));
}
