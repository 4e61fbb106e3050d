using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Tickets.Api;
using Nines.Paging.Tickets.Cli;
using Nines.Paging.Tickets.Manifests;
using Nines.Paging.Tickets.Trackers;
using Nines.Paging.Tickets.Ui;
using Nines.Shell;

namespace Nines.Paging.Tickets;

/// <summary>The room of what waits for working hours: tickets, their digest, the trackers of others.</summary>
public sealed class TicketsModule : Module
{
    /// <inheritdoc />
    public override string Name => "tickets";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<TicketOpened>().Event<TicketUpdated>().Event<TicketClosed>().Event<TicketReopened>().Event<TicketAssigned>().Event<TrackerCalled>().Event<DigestSent>();
        room.Options<TicketsOptions, TicketsOptionsValidator>();
        room.Manifest(new TicketTrackerKind());
        room.State(new TicketBookFold());
        room.Services.AddSingleton<TicketDesk>();
        room.Services.AddSingleton<TrackerCalls>();
        Tracker(room, new JiraTracker());
        Tracker(room, new ServiceNowTracker());
        room.Services.AddSingleton<Reaction, OnTicketDue>();
        room.Services.AddSingleton<Reaction, OnTicketOpened>();
        room.Services.AddSingleton<Reaction, OnTicketUpdated>();
        room.Services.AddSingleton<Reaction, OnTicketClosed>();
        room.Services.AddSingleton<Reaction, OnTicketReopened>();
        room.Services.AddSingleton<Reaction, OnSilenceBroke>();
        room.Duty<DigestDuty>();
        var (read, write) = (Permission.Read("tickets"), Permission.Write("tickets"));
        room.Get("/api/v1/tickets", read, TicketsApi.List);
        room.Get("/api/v1/tickets/{id}", read, TicketsApi.Show);
        room.Post("/api/v1/tickets/{id}/close", write, TicketsApi.CloseAsync);
        room.Post("/api/v1/tickets/{id}/assign", write, TicketsApi.AssignAsync);
        TicketPages.Register(room);
        room.Command(new TicketListCommand());
        room.Command(new TicketShowCommand());
        room.Command(new TicketCloseCommand());
        room.Command(new TicketAssignCommand());
    }

    private static void Tracker(Registration room, ITicketTracker tracker) => room.Services.AddSingleton<IOutboxSender>(s => new TrackerSender(
        tracker, s.GetRequiredService<CompiledManifests>(), s.GetRequiredService<IHouse>(), s.GetRequiredService<GuardedConnections>()));
}
