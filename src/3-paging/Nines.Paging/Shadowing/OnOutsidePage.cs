using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;

namespace Nines.Paging.Shadowing;

/// <summary>
/// Whoever has it at the other pager has it: in shadow mode nobody can acknowledge here, so the other side's word does. It
/// never touches a page that calls people.
/// </summary>
internal sealed class OnOutsidePage(PagingDesk desk, CompiledManifests manifests) : Reaction<OutsidePageHeard>
{
    protected override void React(OutsidePageHeard happened, JournalEntry entry, Deciding deciding)
    {
        if (happened is { AcknowledgedAt: null, ResolvedAt: null } || deciding.State.Get<PageBook>().InShadow.IsEmpty) return;
        if (ShadowDesk.PairOf(deciding.State, happened) is not { Own: { EndedAt: null } own } pair) return;
        if (deciding.State.Get<PageBook>().All.GetValueOrDefault(own.Id) is not { EndedAt: null, Shadow.Length: > 0, Run: not null } page) return;
        var mode = manifests.For(deciding.State).Find<ShadowMode>(happened.Mode);
        var pager = mode?.Beside ?? happened.Mode;
        if (pair.Outside.All(o => o.ResolvedAt is not null || !o.Urgent))
        {
            if (happened.ResolvedAt >= page.OpenedAt) deciding.Write(PageIntents.StreamOf(page.Id), new PageEnded(page.Id, $"{OldPagers.Title(pager)} says that it is over."));
            return;
        }

        if (page.AcknowledgedAt is not null || happened.AcknowledgedAt is null || happened.ResolvedAt is not null) return;
        var by = happened.AcknowledgedBy.Length > 0 ? happened.AcknowledgedBy : pager;
        var answered = PageAnswers.Acknowledge(desk.Context(deciding), page.Id, by, pager);
        if (answered.Ok) answered.Value.WriteTo(deciding);
    }
}

/// <summary>What follows when shadow mode covers less: in the same commit, open pages that nobody has begin to call people.</summary>
internal static class GoingLive
{
    public static void Follow(Deciding deciding, PagingDesk desk, string kind)
    {
        if (kind is not (nameof(ShadowMode) or "Service")) return;
        var context = desk.Context(deciding);
        foreach (var id in context.Pages.InShadow)
            foreach (var written in Decide(context, context.Pages.All[id])) deciding.Write(written.Stream, written.Event);
    }

    /// <summary>The events of one page; none where it stays in shadow mode. What was decided in shadow mode is not sent: the first step is decided anew. Pure.</summary>
    public static PageEvents Decide(PageContext context, Page page)
    {
        var events = new PageEvents();
        if (page.EndedAt is not null || page.Shadow.Length == 0 || context.ShadowOf(page.Service).Length > 0) return events;
        const string Why = "Shadow mode is over for it.";
        events.Write(page.Id, new PageWentLive(page.Id, Why));
        var about = PageSteps.Subject.Of(context, page);
        if (!page.Rings || !about.Alerts.Any(a => a.Firing)) return events;
        var live = context with { Pages = context.Pages.Change(page.Id, p => p with { Shadow = "" }) };
        PageSteps.Begin(live, events, about, PageCause.First, $"{Why} It fires, and nobody has taken it on.");
        return events;
    }
}

/// <summary>Shadow mode covers something else.</summary>
internal sealed class OnShadowApplied(PagingDesk desk) : Reaction<ManifestApplied>
{
    protected override void React(ManifestApplied happened, JournalEntry entry, Deciding deciding) => GoingLive.Follow(deciding, desk, happened.Kind);
}

/// <summary>Shadow mode is over.</summary>
internal sealed class OnShadowDeleted(PagingDesk desk) : Reaction<ManifestDeleted>
{
    protected override void React(ManifestDeleted happened, JournalEntry entry, Deciding deciding) => GoingLive.Follow(deciding, desk, happened.Kind);
}
