using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Alerting.Silences;

/// <summary>A silence holds further alerts back: one that holds too many breaks, in the same commit.</summary>
internal sealed class OnGroupJudged : Reaction<GroupJudged>
{
    protected override void React(GroupJudged happened, JournalEntry entry, Deciding deciding)
    {
        var open = deciding.State.Get<SilenceBook>().Open;
        foreach (var id in happened.Alerts.Select(a => a.SilencedBy).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal))
            if (open.TryGetValue(id, out var silence) && SilenceBreaks.TooMany(silence, deciding.State.Get<HeldBook>()) is { } broke)
                deciding.Write(new("silence", id), broke);
    }
}

/// <summary>An alert ended: silences that last until then end with it.</summary>
internal sealed class OnSilencedAlertResolved : Reaction<AlertResolved>
{
    protected override void React(AlertResolved happened, JournalEntry entry, Deciding deciding)
    {
        var silences = deciding.State.Get<SilenceBook>();
        if (!silences.Open.Values.Any(s => s.Bounds is { UntilResolved: true })) return;
        var book = deciding.State.Get<AlertBook>();
        if (!book.All.TryGetValue(happened.Id, out var alert)) return;
        foreach (var silence in silences.Open.Values)
            if (SilenceBreaks.Resolved(silence, book, alert, deciding.Now) is { } ended) deciding.Write(new("silence", silence.Id), ended);
    }
}
