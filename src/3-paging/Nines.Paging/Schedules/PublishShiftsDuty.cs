using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>Tells calendars of changes as soon as there are any, and of another day once a day.</summary>
internal sealed class PublishShiftsDuty(IHouse house, ShiftPublisher publisher) : Duty
{
    private static readonly Duration Daily = Duration.FromDays(1);

    private Seen? _seen;

    /// <inheritdoc />
    public override string Name => "schedules.publish";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        if (state.Get<FeedBook>().Feeds.IsEmpty) return null;
        return _seen is { } seen && seen.Same(state) ? seen.At + Daily : Instant.FromUnixTimeSeconds(0);
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var state = house.State;
        await publisher.PublishAsync(Actor.Duty(Name), now, stop);
        _seen = new(state.Get<ScheduleBook>(), state.Get<ManifestsState>(), state.Get<FeedBook>().Feeds, now);
    }

    /// <summary>What the last run looked at; a restart looks anew.</summary>
    private sealed record Seen(ScheduleBook Book, ManifestsState Manifests, object Feeds, Instant At)
    {
        public bool Same(HouseState state) =>
            ReferenceEquals(Book, state.Get<ScheduleBook>()) && ReferenceEquals(Manifests, state.Get<ManifestsState>()) && ReferenceEquals(Feeds, state.Get<FeedBook>().Feeds);
    }
}
