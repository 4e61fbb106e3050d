using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Responding.IncidentChannels.Api;
using Nines.Responding.IncidentChannels.Cli;
using Nines.Responding.IncidentChannels.Ui;
using Nines.Responding.Incidents;
using Nines.Responding.Updates;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.IncidentChannels;

/// <summary>The room of incidents' channels in the chat: opened by themselves, told what is new, heard.</summary>
public sealed class IncidentChannelsModule : Module
{
    /// <inheritdoc />
    public override string Name => "incidentchannels";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<ChannelAsked>().Event<ChannelOpened>().Event<ChannelTold>().Event<ChannelEnded>();
        room.Options<IncidentChannelsOptions, IncidentChannelsOptionsValidator>();
        room.State(new IncidentChannelFold());
        room.Services.AddSingleton<ChannelIntents>();
        room.Services.AddSingleton<IncidentChannelDesk>();
        room.Services.AddSingleton<Reaction, OnIncidentDeclared>();
        room.Services.AddSingleton<Reaction, OnIncidentRaised>();
        room.Services.AddSingleton<Reaction, OnChannelSettled>();
        room.Services.AddSingleton<IOutboxSender, SlackChannelOpener>();
        room.Services.AddSingleton<IOutboxSender, SlackChannelTeller>();
        room.Duty<ChannelDuty>();
        room.Fill<IIncidentChannelName, ChannelNames>();
        room.Services.AddSingleton(new IncidentTile(typeof(ChannelOfIncident), 4));
        SlackIncidentDoors.Register(room);
        var write = Permission.Write("incidents");
        room.Post("/api/v1/incidents/{id}/channel", write, async (HttpContext http, string id, Asked? asked, IncidentChannelDesk desk, IHouse house, CancellationToken stop) =>
        {
            var opened = await desk.OpenAsync(http.Caller(), id, asked?.By ?? "", stop);
            return opened.Ok ? Results.Json(house.State.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(opened.Value), HouseJson.Options) : Answers.Refuse(opened.Problems);
        });
        room.Post("/incidents/{id}/channel", write, async (HttpContext http, string id, IncidentChannelDesk desk, CancellationToken stop) =>
            await desk.OpenAsync(http.Caller(), id, "", stop) is { Ok: false } wrong ? ProblemAnswers.Refuse(http, wrong.Problems[0]) : Results.Redirect($"/incidents/{id}"));
        room.Command(new IncidentChannelCommand());
    }

    /// <summary>For whom a channel is opened.</summary>
    internal sealed record Asked(string By = "");

    private sealed class ChannelNames : IIncidentChannelName
    {
        public string Of(HouseState state, string incident) => state.Get<IncidentChannelBook>().ByIncident.GetValueOrDefault(incident) is { Ended.Length: 0 } channel ? "#" + channel.Name : "";
    }
}
