using Nines.Responding.StatusPages;
using Xunit;

namespace Nines.Tests.Unit.Responding.StatusPages;

public sealed class StaticFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nines-status").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> WriteAsync(params (string, string)[] files) =>
        StaticFolder.WriteAsync(_folder, [.. files.Select(f => (f.Item1, System.Text.Encoding.UTF8.GetBytes(f.Item2)))], CancellationToken.None);

    private string[] Files => [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder, f)).Where(f => !f.StartsWith('.')).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Write_Again_TouchesOnlyWhatChanged_TakesAwayWhatIsGone_AndLeavesOthersAlone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "robots.txt"), "ours");
        Assert.Equal(3, await WriteAsync(("index.html", "a"), ("history/index.html", "b"), ("incidents/1/index.html", "c")));
        Assert.Equal(1, await WriteAsync(("index.html", "A"), ("history/index.html", "b")));
        Assert.Equal(["history/index.html", "index.html", "robots.txt"], Files);
        Assert.Equal("A", await File.ReadAllTextAsync(Path.Combine(_folder, "index.html")));
    }

    [Fact]
    public async Task Write_AfterACrashInBetween_LeavesNothingBehind()
    {
        await WriteAsync(("index.html", "a"), ("old.html", "b"));
        // What a crash leaves: a list that names more than there is, and a file that was not put in its place.
        await File.AppendAllTextAsync(Path.Combine(_folder, ".nines-files"), "\nnever.html");
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html.new"), "half");
        await WriteAsync(("index.html", "b"));
        Assert.Equal(["index.html"], Files);
    }

    [Fact]
    public async Task Write_ANameThatLeadsOut_IsRefused() =>
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(("../out.html", "x")));
}
