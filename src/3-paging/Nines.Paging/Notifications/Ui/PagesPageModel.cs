using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Notifications.Ui;

/// <summary>All that the list of pages shows.</summary>
/// <param name="All">Open ones first, then the last that ended.</param>
/// <param name="Table">Those that the filter left.</param>
/// <param name="Query">The filter and order.</param>
public sealed record PagesPageModel(IReadOnlyList<PageView> All, TableRows<PageView> Table, TableQuery Query)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>The answer in words: what is open, and whether it reached somebody.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var open = All.Where(p => p is { State: "open", Shadow.Length: 0 }).ToArray();
        var unheard = All.Count(p => p is { State: "unheard", Shadow.Length: 0 });
        if (unheard > 0) return [Phrase.Bold($"{Figures.Of(unheard, "page")} reached nobody"), open.Length > 0 ? $"; {open.Length} more {(open.Length == 1 ? "is" : "are")} open." : "."];
        if (open.Length > 0)
        {
            var waiting = open.Count(p => Reached(p) is null);
            return [Phrase.Bold($"{Figures.Of(open.Length, "page")} {(open.Length == 1 ? "is" : "are")} open"), waiting == 0 ? $"; {(open.Length == 1 ? "it" : "each")} reached somebody." : $"; {waiting} {(waiting == 1 ? "is" : "are")} still on the way."];
        }
        var shadow = All.Count(p => p is { EndedAt: null, Shadow.Length: > 0 });
        if (shadow > 0) return ["Nobody is being paged; ", Phrase.Bold($"{Figures.Of(shadow, "page")} would call people"), " and calls nobody, because of shadow mode."];
        return All.Select(p => p.EndedAt).Max() is { } ended ? ["Nobody is being paged. The last page ended ", Phrase.Time(ended, TimeForm.Ago, reader), "."] : ["Nobody has been paged so far."];
    }

    /// <summary>The first message that somebody's receiver took; null while none has.</summary>
    public static MessageView? Reached(PageView page) =>
        page.Notices.Where(n => n.Cause != PageCause.Learning).SelectMany(n => n.Messages).Where(m => m.State == MessageState.Accepted).MinBy(m => m.At);

    /// <summary>How long it took until somebody's receiver had it.</summary>
    public static string After(PageView page, Instant reached) =>
        reached - page.OpenedAt < Duration.FromSeconds(1) ? "within a second" : $"after {Figures.Span(reached - page.OpenedAt)}";

    /// <summary>A page's state as people see it.</summary>
    public static StateWord WordOf(PageView page) => page.State switch
    {
        "open" or "unheard" when page.Shadow.Length > 0 => new("none", "bell", "Shadow"),
        "unheard" => new("crit", "crit", "Unheard"),
        "ended" => new("none", "done", "Ended"),
        "acknowledged" => new("good", "user", "Acknowledged"),
        "snoozed" => new("none", "clock", "Asleep"),
        _ => new("crit", "bell", "Open"),
    };

    /// <summary>How far a message came, as people see it.</summary>
    public static StateWord WordOf(MessageView message) => message.State switch
    {
        MessageState.Accepted => new("good", "ok", "Accepted"),
        MessageState.Failed => new("crit", "crit", "Failed"),
        MessageState.Cancelled => new("none", "none", "Called off"),
        MessageState.Shadow => new("none", "none", "Would have been sent"),
        _ => new("none", "todo", "On the way"),
    };

    /// <summary>Why people were told this time.</summary>
    public static string WordOf(PageCause cause) => cause switch
    {
        PageCause.First => "It began",
        PageCause.More => "More joined",
        PageCause.Repeat => "It still fires",
        PageCause.Reopened => "It came back",
        PageCause.Resolved => "It is over",
        PageCause.LastResort => "Nobody was reached, so whoever owns Nines was called",
        PageCause.Test => "A test",
        PageCause.Escalated => "The next call",
        PageCause.Unacknowledged => "It rings again",
        PageCause.Handover => "Somebody else is on call",
        PageCause.Reassigned => "It was given to others",
        PageCause.Acknowledged => "Somebody has it: told without a sound",
        PageCause.Changed => "Nobody has it any more: told without a sound",
        PageCause.Merged => "Part of another page: told without a sound",
        PageCause.Learning => "A copy for those who learn",
        _ => cause.ToString(),
    };
}
