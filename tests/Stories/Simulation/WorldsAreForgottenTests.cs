using System.Runtime.CompilerServices;
using Nines.Host.Simulation;

namespace Nines.Tests.Stories.Simulation;

/// <summary>A long run is twenty thousand worlds: what one of them leaves behind in memory is paid twenty thousand times.</summary>
public class WorldsAreForgottenTests
{
    [Fact]
    public void Run_AWorldThatIsOver_LeavesNothingBehind()
    {
        WeakReference[] worlds = [.. Enumerable.Range(0, 3).Select(Lived)];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(worlds, w => w.IsAlive);
    }

    // A frame and a thread of its own: neither may keep what it saw last.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Lived(int number)
    {
        WeakReference? lived = null;
        var thread = new Thread(() => lived = Live(number), 16 << 20);
        thread.Start();
        thread.Join();
        return lived!;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Live(int number)
    {
        var world = new SimWorld(1904, number, null);
        world.Run();
        return new(world);
    }
}
