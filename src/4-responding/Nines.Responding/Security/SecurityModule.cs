using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Security.Api;
using Nines.Responding.Security.Cli;
using Nines.Responding.Security.Manifests;
using Nines.Responding.Security.Ui;
using Nines.Shell;

namespace Nines.Responding.Security;

/// <summary>The room of security incidents: found by signals, known to their circle only, with the clocks of the law and evidence that shows where it was touched.</summary>
public sealed class SecurityModule : Module
{
    /// <inheritdoc />
    public override string Name => "security";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<CaseOpened>().Event<FindingJoined>().Event<CaseConfirmed>().Event<CaseDismissed>().Event<CaseSeverityChanged>().Event<CaseRoleTaken>().Event<CaseRoleLeft>()
            .Event<CasePhaseEntered>().Event<CaseNoted>().Event<CaseChecked>().Event<DataAffected>().Event<ClockStarted>().Event<DutyTold>().Event<DutyNotNeeded>().Event<DutyReminded>()
            .Event<EvidenceAdded>().Event<EvidenceKept>().Event<EvidenceHanded>().Event<LetIn>().Event<LetOut>().Event<CaseRead>().Event<IncidentLinked>().Event<CaseClosed>().Event<CaseReopened>();
        room.Manifest(new SecurityPolicyKind()).Manifest(new SecuritySignalKind());
        room.State(new SecurityBookFold());
        room.Services.AddSingleton<SecurityDesk>();
        room.Services.AddSingleton<SecurityReading>();
        room.Services.AddSingleton<SecurityApi>();
        room.Services.AddSingleton<EvidenceDoor>();
        room.Services.AddSingleton<SecurityScreen>();
        room.Services.AddSingleton<SignalWatch>();
        room.Services.AddSingleton<IManifestFollower>(s => s.GetRequiredService<SignalWatch>());
        room.Fill<IRoomLife, OwnDoors>();
        room.Services.AddSingleton<FindingIntake>();
        room.Services.AddSingleton<SecurityAlertEnd>();
        room.Services.AddSingleton<OwnSignals>();
        room.Services.AddSingleton<Reaction, OnCaseConfirmed>();
        room.Services.AddSingleton<Reaction, OnCaseRoleTaken>();
        room.Services.AddSingleton<Reaction, OnCaseDismissed>();
        room.Services.AddSingleton<Reaction, OnDutyTold>();
        room.Services.AddSingleton<Reaction, OnDutyNotNeeded>();
        room.Services.AddSingleton<Reaction, OnTokenMade>();
        room.Services.AddSingleton<Reaction, OnPasswordSet>();
        room.Services.AddSingleton<Reaction, OnInvited>();
        room.Services.AddSingleton<Reaction, OnCaseRead>();
        room.Services.AddSingleton<Reaction, OnSessionOpened>();
        room.Duty<BreachReminderDuty>();
        room.Duty<SecuritySignalDuty>();
        SecurityApi.Register(room);
        EvidenceDoor.Register(room);
        SecurityPages.Register(room);
        foreach (var command in SecurityCommands.All) room.Command(command);
    }
}
