using Nines.Shell;

namespace Nines.Responding.StatusPages.Cli;

/// <summary>Every command of the room.</summary>
internal static class StatusPageCommands
{
    public static IReadOnlyList<CliCommand> All { get; } =
    [
        new StatusPageListCommand(), new StatusPageShowCommand(), new StatusPageProposeCommand(), new StatusPagePostCommand(), new StatusPageUpdateCommand(),
        new MaintenanceScheduleCommand(), new MaintenanceChangeCommand(), new MaintenanceEndCommand(), new MaintenanceCancelCommand(), new SubscriberListCommand(), new SubscriberAddCommand(), new SubscriberImportCommand(), new StatusPagePublishCommand(),
    ];
}
