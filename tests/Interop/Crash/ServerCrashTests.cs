using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// The whole server is killed (SIGKILL) again and again while three doors take samples and services begin to burn. After
/// each start everything acknowledged is counted, once; alerts and pages are the same; in the end every burn has reached the
/// receiver as one page under one id.
/// </summary>
public sealed class ServerCrashTests : IDisposable
{
    private static readonly int Kills = LongRun.Of(5, 20);
    private static readonly int Servers = LongRun.Of(1, 2);

    private readonly DirectoryInfo _folders = Directory.CreateTempSubdirectory("nines-mortal-");

    public void Dispose() => _folders.Delete(recursive: true);

    [Fact]
    public async Task Kill_WholeServerUnderLoad_NothingAcknowledgedIsLostAndEachPageComesUnderOneId()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Servers), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
        {
            await using var world = await CrashWorld.OpenAsync(_folders.CreateSubdirectory($"{seed}").FullName, new(seed), Kills);
            for (var round = 0; round < Kills; round++) await world.RoundAsync(round);
            await world.EndAsync();
        });
        LongRun.Count("kills of the whole server under load", Kills * Servers);
    }
}
