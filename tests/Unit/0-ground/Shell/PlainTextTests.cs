using Nines.Shell;
using Spectre.Console;
using Xunit;

namespace Nines.Tests.Unit.Ground.Shell;

public class PlainTextTests
{
    private const string Hostile = "good\u001b[2K\u001b]0;title\u0007bad\u009b31m";

    [Theory]
    [InlineData("plain ünï — text\twith\nbreaks\r\n", "plain ünï — text\twith\nbreaks\r\n")]
    [InlineData(Hostile, "good\uFFFD[2K\uFFFD]0;title\uFFFDbad\uFFFD31m")]
    public void Of_AnyText_HoldsNoCommandForATerminal(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));

    [Fact]
    public void Hook_TablesAndMessages_AreCleanedAndKeepTheirOwnColours()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard });
        console.Pipeline.Attach(new PlainText.Hook());
        var table = new Table().AddColumn("name");
        table.AddRow(Markup.Escape(Hostile));
        console.Write(table);
        console.MarkupLineInterpolated($"[red]error[/] {Hostile}");
        var text = written.ToString();
        Assert.DoesNotContain("\u001b[2K", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u009b", text, StringComparison.Ordinal);
        Assert.Matches("\u001b\\[[0-9;]+merror", text);
    }

    [Fact]
    public void Writer_OfALog_PassesEverythingThroughTheSameRule()
    {
        var inner = new StringWriter();
        using var log = new PlainWriter(inner);
        log.Write(Hostile);
        log.Write("\u001b"[0]);
        log.Write("\u001b\n".ToCharArray(), 0, 2);
        log.WriteLine("x\u0007");
        Assert.Equal($"good\uFFFD[2K\uFFFD]0;title\uFFFDbad\uFFFD31m\uFFFD\uFFFD\nx\uFFFD{Environment.NewLine}", inner.ToString());
    }
}
