namespace Nines.Host.Simulation;

/// <summary>
/// One thread a core, each taking the next number: the one place of the product that spreads work over cores, because
/// worlds know nothing of each other. An edge (tests/House).
/// </summary>
internal static class SideBySide
{
#pragma warning disable RS0030 // An edge: each world runs on one thread and sees nothing of this.
    public static void Run(int count, Action<int> work)
    {
        var next = -1;
        Exception? failure = null;
        var threads = Enumerable.Range(0, Math.Max(1, Math.Min(Environment.ProcessorCount, count))).Select(_ => new Thread(Work, 16 << 20) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (failure is not null) throw new InvalidOperationException($"A world ended in an error: {failure.Message}", failure);

        void Work()
        {
            try
            {
                for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next)) work(number);
            }
            catch (Exception e)
            {
                Interlocked.Exchange(ref next, count);
                failure = e;
            }
        }
    }
#pragma warning restore RS0030
}
