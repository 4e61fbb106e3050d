using Nines.Shell.Components;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell.Components;

public sealed class TableRulesTests
{
    private static readonly Row[] Rows = [new("payments", 0.38), new("ledger", null), new("search", 0.062)];

    private static readonly Column<Row>[] Columns = [new("service", "Service", r => r.Service), new("left", "Left", r => r.Left * 100)];

    [Theory]
    [InlineData("", "payments ledger search")]
    [InlineData("pay", "payments")]
    [InlineData("service:LED", "ledger")]
    [InlineData("left<50", "payments search")]
    [InlineData("left<50 sea", "search")]
    [InlineData("left>10", "payments")]
    public void Apply_Filter_KeepsRowsThatFitEveryTerm(string filter, string services) =>
        Assert.Equal(services, string.Join(' ', Apply(new(filter)).Rows.Select(r => r.Service)));

    [Fact]
    public void Apply_SortUp_PutsTheUnknownLast() =>
        Assert.Equal(["search", "payments", "ledger"], Apply(new(Sort: "left")).Rows.Select(r => r.Service));

    [Fact]
    public void Apply_UnknownColumn_NamesTheColumnsAndKeepsAllRows()
    {
        var table = Apply(new("team:x"));

        Assert.Equal("There is no column \"team\". Columns: service, left.", $"{table.Problems[0].What} {table.Problems[0].Remedy}");
        Assert.Equal(3, table.Rows.Count);
    }

    [Fact]
    public void Apply_NoNumber_SaysWhatToWrite() =>
        Assert.Equal("\"x\" is not a number. Write one after left<, such as left<50.", $"{Apply(new("left<x")).Problems[0].What} {Apply(new("left<x")).Problems[0].Remedy}");

    [Fact]
    public void Address_OtherOrder_KeepsTheFilter() => Assert.Equal("?q=left%3C50&sort=-left", new TableQuery("left<50").Address("-left"));

    private static TableRows<Row> Apply(TableQuery query) => TableRules.Apply(Rows, Columns, query);

    private sealed record Row(string Service, double? Left);
}
