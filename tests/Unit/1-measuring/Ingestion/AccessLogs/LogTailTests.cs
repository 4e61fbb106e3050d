using System.Text;
using Nines.Measuring.Ingestion.AccessLogs;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion.AccessLogs;

public sealed class LogTailTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nines-tail");
    private LogPosition? _kept;

    private string Log => Path.Combine(_folder.FullName, "access.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Next_PartialLastLine_WaitsForItsEnd()
    {
        using var tail = new LogTail(Log, null, startAtEnd: false);
        Assert.Equal("", Read(tail));
        File.WriteAllText(Log, "one\ntwo\nthr");
        Assert.Equal("one\ntwo\n", Read(tail));
        Assert.Equal("", Read(tail));
        File.AppendAllText(Log, "ee\n");
        Assert.Equal("three\n", Read(tail));
    }

    [Fact]
    public void Next_LogRotatedByRename_ReadsTheOldOneToItsEndThenTheNewOne()
    {
        File.WriteAllText(Log, "one\n");
        using var tail = new LogTail(Log, null, startAtEnd: false);
        Assert.Equal("one\n", Read(tail));

        File.AppendAllText(Log, "two\nlast without break");
        File.Move(Log, Log + ".1");
        File.WriteAllText(Log, "new one\n");

        Assert.Equal("two\nlast without breaknew one\n", Read(tail));
        Assert.Equal("", Read(tail));
    }

    [Fact]
    public void Next_LogTruncated_BeginsAgainAlsoWhenItHasGrownBeyondTheOldPlace()
    {
        File.WriteAllText(Log, "one\n");
        using var tail = new LogTail(Log, null, startAtEnd: false);
        Assert.Equal("one\n", Read(tail));

        File.WriteAllText(Log, "");
        Assert.Equal("", Read(tail));
        File.WriteAllText(Log, "a much longer beginning\n");
        Assert.Equal("a much longer beginning\n", Read(tail));
        File.WriteAllText(Log, "another beginning, longer than the one before\n");
        Assert.Equal("another beginning, longer than the one before\n", Read(tail));
    }

    [Fact]
    public void Next_NewProcess_GoesOnWhereTheLastOneCounted()
    {
        File.WriteAllText(Log, "one\n");
        using (var tail = new LogTail(Log, null, startAtEnd: false)) Read(tail);
        File.AppendAllText(Log, "two\n");

        using var again = new LogTail(Log, LogPosition.Parse(_kept!.Value.ToString()), startAtEnd: false);

        Assert.Equal("two\n", Read(again));
    }

    [Fact]
    public void Next_NotCounted_HandsOutTheSameLinesAgain()
    {
        File.WriteAllText(Log, "one\n");
        using var tail = new LogTail(Log, null, startAtEnd: false);

        Assert.Equal("one\n", Encoding.UTF8.GetString(tail.Next()!.Value.Lines.Span));
        Assert.Equal("one\n", Encoding.UTF8.GetString(tail.Next()!.Value.Lines.Span));
    }

    [Fact]
    public void Next_RotatedWhileNobodyLooked_FindsTheOldFileByItsFirstBytes()
    {
        File.WriteAllText(Log, "one\n");
        using (var tail = new LogTail(Log, null, startAtEnd: false)) Read(tail);
        File.AppendAllText(Log, "two\n");
        File.Move(Log, Log + "-20260301");
        File.WriteAllText(Log, "new one\n");

        using var again = new LogTail(Log, _kept, startAtEnd: false);

        Assert.Equal("two\nnew one\n", Read(again));
        Assert.Equal(0, again.Lost);
    }

    [Fact]
    public void Next_OldFileGone_BeginsTheNewOneAndSaysSo()
    {
        File.WriteAllText(Log, "one\n");
        using (var tail = new LogTail(Log, null, startAtEnd: false)) Read(tail);
        File.WriteAllText(Log, "new one\n");

        using var again = new LogTail(Log, _kept, startAtEnd: false);

        Assert.Equal("new one\n", Read(again));
        Assert.Equal(1, again.Lost);
    }

    [Fact]
    public void Next_StartAtEnd_PassesOverWhatIsThere()
    {
        File.WriteAllText(Log, "one\ntw");
        using var tail = new LogTail(Log, null, startAtEnd: true);
        Assert.Equal("tw", Read(tail, upTo: 0) + "tw");
        File.AppendAllText(Log, "o\nthree\n");
        Assert.Equal("two\nthree\n", Read(tail));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1:2")]
    [InlineData("-1:2:00")]
    [InlineData("x:2:00")]
    public void Parse_OtherText_IsNoPosition(string text) => Assert.Null(LogPosition.Parse(text));

    private string Read(LogTail tail, int upTo = 10)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Math.Max(upTo, 1) && tail.Next() is { } chunk; i++)
        {
            text.Append(Encoding.UTF8.GetString(chunk.Lines.Span));
            tail.Counted(chunk);
            _kept = chunk.End;
        }

        return text.ToString();
    }
}
