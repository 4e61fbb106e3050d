using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Responding.Updates.Api;
using Nines.Responding.Updates.Cli;
using Nines.Responding.Updates.Manifests;
using Nines.Responding.Updates.Ui;
using Nines.Shell;

namespace Nines.Responding.Updates;

/// <summary>The room of news for those who wait: templates, a clock, drafts from facts, and who wants to hear.</summary>
public sealed class UpdatesModule : Module
{
    /// <inheritdoc />
    public override string Name => "updates";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<UpdatePosted>().Event<UpdateReminded>().Event<UpdatesSubscribed>().Event<UpdatesUnsubscribed>();
        room.Manifest(new UpdatePolicyKind());
        room.State(new UpdateBookFold());
        room.Services.AddSingleton<UpdateReading>();
        room.Services.AddSingleton<UpdateDesk>();
        room.Duty<UpdateDuty>();
        UpdatesApi.Register(room);
        UpdatePages.Register(room);
        room.Command(new IncidentDraftCommand());
        room.Command(new IncidentUpdateCommand());
        room.Command(new UpdatesSubscribeCommand());
        room.Command(new UpdatesListCommand());
        room.Command(new UpdatesUnsubscribeCommand());
    }
}
