using Xunit;
using Xunit.Abstractions;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// The real server is killed (SIGKILL) at random in the middle of a storm of alerts at its Alertmanager door. What was
/// answered 200 is there after the next start, and reaches the receiver as one page; what comes again comes under its own id;
/// a page that somebody was answered is theirs, by link or over HTTP, is never rung again.
/// </summary>
public sealed class CrashStormTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 25;
    private static readonly int Servers = LongRun.Of(2, 40);

    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("nines-storm-");

    public void Dispose() => _folders.Delete(recursive: true);

    [Fact]
    public async Task Kill_InAStormOfAlerts_NoPageIsLostAndNoneComesUnderTwoIds()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Servers), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            await using var storm = await CrashStorm.OpenAsync(_folders.CreateSubdirectory($"{seed}").FullName, new(seed));
            var (round, kills) = (0, 0);
            while (kills < Kills) kills += await storm.RoundAsync(round++);
            output.WriteLine(await storm.EndAsync());
            LongRun.Count("kills in a storm of alerts", kills);
        });
    }
}
