using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Nines.Host.Bench;

/// <summary>Names the machine beside every table, and reads this process' own CPU and memory.</summary>
internal static class Machine
{
    /// <summary>Processor, cores, memory, system and runtime, one line.</summary>
    public static string Describe()
    {
        var cpu = ReadLine("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024d * 1024 * 1024);
        return $"{Environment.ProcessorCount} cores, {cpu}, {memory:F1} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
    }

    /// <summary>CPU seconds that this process has used.</summary>
    public static double CpuSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>CPU seconds of the processes that this one started and that have ended, to a hundredth; 0 where the system does not say.</summary>
    public static double EndedChildrenCpuSeconds()
    {
        if (!File.Exists("/proc/self/stat")) return 0;
        // proc(5): fields 16 and 17 are cutime and cstime in ticks of 1/100 s; counted from behind the name, which may hold blanks.
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100d;
    }

    /// <summary>Resident memory of this process in MiB.</summary>
    public static double ResidentMiB()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024d * 1024);
    }

    private static string? ReadLine(string file, string name) => !File.Exists(file) ? null : File.ReadLines(file)
        .Where(l => l.StartsWith(name, StringComparison.Ordinal))
        .Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault();
}
