using System.Globalization;

namespace Nines.Tests;

/// <summary>
/// How much a test does. The normal run is quick; <c>./nines test --long</c> does the full amount and prints what it came to.
/// </summary>
internal static class LongRun
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("NINES_LONG") == "1";
    private static readonly Lock Gate = new();

    /// <summary>The amount of this run.</summary>
    public static int Of(int normal, int full) => Long ? full : normal;

    /// <summary>Adds to a figure that the run prints at its end, such as "kills of the whole server".</summary>
    public static void Count(string what, long amount)
    {
        if (Environment.GetEnvironmentVariable("NINES_FIGURES") is not { Length: > 0 } folder) return;
        var file = Path.Combine(folder, $"{typeof(LongRun).Assembly.GetName().Name}.{Environment.ProcessId}");
        lock (Gate) File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{amount}\t{what}\n"));
    }
}
