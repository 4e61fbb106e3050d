namespace Nines.Shell;

/// <summary>
/// What a room does after the journal is folded and before duties and doors open (replaying its log), and in reverse
/// order when the house stops (a last checkpoint).
/// </summary>
public interface IRoomLife
{
    /// <summary>Runs before anything is served; a throw stops the start with its message.</summary>
    Task StartAsync(CancellationToken stop);

    /// <summary>Runs after doors and duties are closed.</summary>
    Task StopAsync(CancellationToken stop);
}
