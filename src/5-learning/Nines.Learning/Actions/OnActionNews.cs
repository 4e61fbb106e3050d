using Nines.Kernel;
using Nines.Paging.Tickets;

namespace Nines.Learning.Actions;

/// <summary>An action is done: trackers that know it are told.</summary>
internal sealed class OnActionDone(ActionTrackers trackers) : Reaction<ActionDone>
{
    protected override void React(ActionDone happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<ActionBook>().All.GetValueOrDefault(happened.Id) is { } action) trackers.TellAll(deciding, action, TrackerAction.Close, happened.Evidence);
    }
}

/// <summary>An action is dropped: trackers that know it are told.</summary>
internal sealed class OnActionDropped(ActionTrackers trackers) : Reaction<ActionDropped>
{
    protected override void React(ActionDropped happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<ActionBook>().All.GetValueOrDefault(happened.Id) is { } action) trackers.TellAll(deciding, action, TrackerAction.Close, "Dropped: " + happened.Reason);
    }
}

/// <summary>An action is open again: trackers that know it are told.</summary>
internal sealed class OnActionReopened(ActionTrackers trackers) : Reaction<ActionReopened>
{
    protected override void React(ActionReopened happened, JournalEntry entry, Deciding deciding)
    {
        if (deciding.State.Get<ActionBook>().All.GetValueOrDefault(happened.Id) is { } action) trackers.TellAll(deciding, action, TrackerAction.Reopen, happened.Reason);
    }
}
