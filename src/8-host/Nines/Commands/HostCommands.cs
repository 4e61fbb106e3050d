using Nines.Host.Demo;
using Nines.Host.Simulation;
using Nines.Shell;

namespace Nines.Host;

/// <summary>The commands that belong to the house itself, not to a room.</summary>
internal static class HostCommands
{
    public static IReadOnlyList<CliCommand> All { get; } =
    [
        new ServeCommand(),
        new DemoCommand(),
        new BenchCommand(),
        new SimulateCommand(),
        new BackupCommand(),
        new RestoreCommand(),
        new DoctorCommand(),
    ];
}
