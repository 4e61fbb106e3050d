using Nines.Catalog;
using Xunit;

namespace Nines.Tests.Unit.Catalog;

public class DependencyGraphTests
{
    private static Service Of(string name, string[] upstream, string[]? downstream = null) => new() { Name = name, DisplayName = name, Upstream = upstream, Downstream = downstream ?? [] };

    [Fact]
    public void Edges_OfEitherSide_Count()
    {
        var graph = DependencyGraph.Of([Of("shop", ["basket"]), Of("basket", []), Of("ledger", [], ["basket"])]);
        Assert.Equal(["basket"], graph.DependsOn("shop"));
        Assert.Equal(["ledger"], graph.DependsOn("basket"));
        Assert.Equal(["basket"], graph.UsedBy("ledger"));
        Assert.Equal(["basket", "shop"], graph.AffectedBy("ledger"));
        Assert.Equal(["basket", "ledger"], graph.Needs("shop"));
        Assert.Empty(graph.Needs("nowhere"));
    }

    [Fact]
    public void CircleFrom_ServicesThatNeedEachOther_NamesTheWay()
    {
        var graph = DependencyGraph.Of([Of("a", ["b"]), Of("b", ["c", "d"]), Of("c", ["a"]), Of("d", [])]);
        Assert.Equal(["a", "b", "c", "a"], graph.CircleFrom("a"));
        Assert.Equal(["c", "a", "b", "c"], graph.CircleFrom("c"));
        Assert.Null(graph.CircleFrom("d"));
    }
}
