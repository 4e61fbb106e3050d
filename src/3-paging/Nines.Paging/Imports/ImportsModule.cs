using Nines.Paging.Imports.Cli;
using Nines.Shell;

namespace Nines.Paging.Imports;

/// <summary>Coming from elsewhere: another program's people, schedules and policies as manifests.</summary>
public sealed class ImportsModule : Module
{
    /// <inheritdoc />
    public override string Name => "imports";

    /// <inheritdoc />
    public override void Register(Registration room) => room
        .Command(new ImportCommand("opsgenie", "Opsgenie", "users.json teams.json schedules.json escalations.json"))
        .Command(new ImportCommand("grafana-oncall", "Grafana OnCall", "users.json schedules.json on_call_shifts.json escalation_chains.json escalation_policies.json"))
        .Command(new ImportCommand("pagerduty", "PagerDuty", "users.json teams.json schedules.json escalation_policies.json services.json"))
        .Command(new ImportCommand("goalert", "GoAlert", "goalert.json"));
}
