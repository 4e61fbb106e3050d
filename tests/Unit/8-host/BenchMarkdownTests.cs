using Nines.Host.Bench;
using Xunit;

namespace Nines.Tests.Unit.Host;

public class BenchMarkdownTests
{
    [Fact]
    public void Write_ATable_IsHeadingRowsAndNotes()
    {
        var table = new BenchTable("journal", "Appends.", ["writers", "per s"], [["1", "4 100"], ["64", "46 000"]], ["fsync included"]);
        Assert.Equal(
            "## journal\n\nAppends.\n\n| writers | per s |\n| --- | --- |\n| 1 | 4 100 |\n| 64 | 46 000 |\n\n- fsync included\n",
            BenchMarkdown.Write(table));
    }
}
