using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Silences.Api;
using Nines.Alerting.Silences.Cli;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Silences;

/// <summary>The room of silences: who asked for quiet about what, until when.</summary>
public sealed class SilencesModule : Module
{
    /// <inheritdoc />
    public override string Name => "silences";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<SilenceSet>().Event<SilenceEnded>();
        room.State(new SilenceFold());
        room.Services.AddSingleton<SilenceDesk>();
        room.Services.AddSingleton<SilenceBudgets>();
        room.Services.AddSingleton<Reaction, OnGroupJudged>();
        room.Services.AddSingleton<Reaction, OnSilencedAlertResolved>();
        room.Duty<SilenceEndDuty>();
        room.Duty<SilenceBudgetDuty>();
        room.Get("/api/v1/silences/preview", Permission.Read("silences"), SilencesApi.Preview);
        room.Get("/api/v1/silences", Permission.Read("silences"), SilencesApi.List);
        room.Get("/api/v1/silences/{id}", Permission.Read("silences"), SilencesApi.Show);
        room.Post("/api/v1/silences", Permission.Write("silences"), SilencesApi.Set);
        room.Route("DELETE", "/api/v1/silences/{id}", Permission.Write("silences"), SilencesApi.End);
        // The short words, and those that scripts know from before.
        room.Command(new SilenceSetCommand("silence add"));
        room.Command(new SilenceListCommand("silence list"));
        room.Command(new SilenceEndCommand("silence end"));
        room.Command(new SilencePreviewCommand());
        room.Command(new SilenceSetCommand("alerts silence set"));
        room.Command(new SilenceListCommand("alerts silence list"));
        room.Command(new SilenceEndCommand("alerts silence end"));
    }
}
