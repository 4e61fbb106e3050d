using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Postmortems.Api;
using Nines.Learning.Postmortems.Cli;
using Nines.Learning.Postmortems.Manifests;
using Nines.Learning.Postmortems.Ui;
using Nines.Shell;

namespace Nines.Learning.Postmortems;

/// <summary>The room of postmortems: drafted by the end of an incident from what is known, written and reviewed by people.</summary>
public sealed class PostmortemsModule : Module
{
    /// <inheritdoc />
    public override string Name => "postmortems";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<PostmortemOpened>().Event<SectionWritten>().Event<WrittenBeside>().Event<BesideSettled>().Event<ReviewAsked>().Event<PostmortemApproved>().Event<PostmortemFinished>()
            .Event<PostmortemReturned>().Event<PostmortemOverdue>();
        room.Manifest(new PostmortemPolicyKind());
        room.State(new PostmortemBookFold());
        room.Services.AddSingleton<ReviewRequests>();
        room.Services.AddSingleton<PostmortemDesk>();
        room.Services.AddSingleton<PublicVersion>();
        room.Services.AddSingleton<PostmortemReading>();
        room.Services.AddSingleton<AgendaReading>();
        room.Services.AddSingleton<ReplayReading>();
        room.Services.AddSingleton<PostmortemsApi>();
        room.Services.AddSingleton<OverdueEnd>();
        room.Services.AddSingleton<Reaction, OnIncidentOver>();
        room.Services.AddSingleton<Reaction, OnIncidentBack>();
        room.Services.AddSingleton<Reaction, OnIncidentJoined>();
        room.Services.AddSingleton<Reaction, OnPostmortemFinished>();
        room.Duty<PostmortemDuty>();
        PostmortemsApi.Register(room);
        PostmortemPages.Register(room);
        room.Command(new PostmortemListCommand());
        room.Command(new PostmortemShowCommand());
        room.Command(new PostmortemEditCommand());
        room.Command(new PostmortemLintCommand());
        room.Command(new PostmortemAgendaCommand());
        room.Command(new PostmortemReplayCommand());
        foreach (var action in PostmortemActionCommand.All) room.Command(action);
    }
}
