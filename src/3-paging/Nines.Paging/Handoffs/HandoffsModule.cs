using Microsoft.Extensions.DependencyInjection;
using Nines.Paging.Handoffs.Api;
using Nines.Paging.Handoffs.Cli;
using Nines.Paging.Handoffs.Ui;
using Nines.Shell;

namespace Nines.Paging.Handoffs;

/// <summary>What being on call costs people, and what they tell each other when a shift ends.</summary>
public sealed class HandoffsModule : Module
{
    /// <inheritdoc />
    public override string Name => "handoffs";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        room.Event<ShiftBegan>().Event<ShiftEnded>().Event<ShiftRated>().Event<PageJudged>();
        room.State(new HandoffFold());
        room.Duty<ShiftDuty>();
        room.Services.AddSingleton<HandoffDesk>();
        HandoffsApi.Register(room);
        HandoffPages.Register(room);
        room.Command(new HealthCommand()).Command(new HandoffCommand()).Command(new CompensationCommand());
    }
}
