using Nines.Paging.Coverage;
using Nines.Paging.Schedules;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Coverage;

public class CoverageWordsTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 11, 21, 3, 0);

    [Fact]
    public void Lines_LevelsThatAreEmptyWhereNobodyWouldBeWoken_SayNothingMore()
    {
        var whole = new Stretch(From, From + Duration.FromDays(400));
        var night = new Stretch(From, From + Duration.FromHours(8));
        var lines = CoverageWords.Lines(new(whole.From, whole.Until, [
            Service("shop", new CoverageFault(FaultKind.Gap, 0, [], [whole]), new CoverageFault(FaultKind.EmptyLevel, 1, [], [whole]), new CoverageFault(FaultKind.EmptyLevel, 2, [], [whole])),
            Service("pay", new CoverageFault(FaultKind.EmptyLevel, 1, [], [night]))]));
        Assert.Equal([FaultKind.Gap, FaultKind.EmptyLevel], lines.Select(l => l.Kind));
        Assert.StartsWith("Level 1 for pay has nobody from 2026-11-21 03:00Z to 2026-11-21 11:00Z;", lines[1].What, StringComparison.Ordinal);
    }

    private static ServiceCoverage Service(string name, params CoverageFault[] faults) => new(name, "page", "shipped", [], [], faults);
}
