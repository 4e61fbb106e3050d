using Xunit;
using Xunit.Abstractions;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// The real server is killed (SIGKILL) at every step of the work on an incident, at random moments of it, and while it
/// starts. Roles, notes, severity, phase and the time of the next check-in that somebody was answered are there after the
/// next start, each line of the timeline once; a check-in that nobody gave pages in the middle of it, one that was given does not.
/// </summary>
public sealed class IncidentCrashTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = LongRun.Of(3, 200);
    private static readonly int Silent = LongRun.Of(3, 40);

    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("nines-incidents-");

    public void Dispose() => _folders.Delete(recursive: true);

    [Fact]
    public async Task Kill_AtEveryStepOfAnIncident_NothingAnsweredIsLost_AndAMissedCheckInPages()
    {
        await using var storm = await IncidentStorm.OpenAsync(_folders.FullName, new(1904), Silent, TimeSpan.FromSeconds(LongRun.Of(12, 600)));
        var kills = 0;
        for (var round = 0; round < Rounds; round++) kills += await storm.RoundAsync(round);
        output.WriteLine(await storm.EndAsync());
        LongRun.Count("kills in the incident workflow", kills + 2);
    }
}
