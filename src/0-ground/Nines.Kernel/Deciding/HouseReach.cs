namespace Nines.Kernel;

/// <summary>Waits until a node has caught up with what another one has answered.</summary>
public static class HouseReach
{
    /// <summary>True once the published state has come to a position; false where it has not when patience ends.</summary>
    public static async Task<bool> ReachAsync(this IHouse house, long position, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        if (house.State.Position >= position) return true;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = house.Watch((state, _) =>
        {
            if (state.Position >= position) reached.TrySetResult();
        });
        // It may have been published between the look and the watch.
        if (house.State.Position >= position) return true;
        try
        {
            await reached.Task.WaitAsync(patience, clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
