using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>How far a message came.</summary>
public enum MessageState
{
    /// <summary>Intended; tried until it is settled.</summary>
    Pending,

    /// <summary>The receiver took it.</summary>
    Accepted,

    /// <summary>The receiver refused it, or patience ended.</summary>
    Failed,
}

/// <summary>One message of a page.</summary>
/// <param name="Effect">Its delivery id.</param>
/// <param name="Contact">Where it went.</param>
/// <param name="Person">Who.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="State">How far it came.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Reason">What the receiver said last; empty before the first try.</param>
/// <param name="At">When that was; null before the first try.</param>
public sealed record PageMessage(
    string Effect, string Contact, string Person, string Kind, MessageState State, int Attempts, string Reason, Instant? At);

/// <summary>One time that people were told.</summary>
/// <param name="Cause">Why.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Reason">Why these people.</param>
/// <param name="Messages">What left.</param>
public sealed record PageNotice(PageCause Cause, Instant At, string Reason, ImmutableList<PageMessage> Messages)
{
    /// <summary>True where something was sent and nothing of it arrived.</summary>
    public bool Failed => Messages.Count > 0 && Messages.TrueForAll(m => m.State == MessageState.Failed);
}

/// <summary>A page from its first message to its end.</summary>
/// <param name="Id">The thread of its notifications.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="Alerts">The alerts that it is about.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndedAt">When nothing of it fired any more; null before.</param>
/// <param name="People">Everybody who was called.</param>
/// <param name="Unheard">Why it reached nobody; empty where it did.</param>
/// <param name="Notices">Each time that people were told, the newest last.</param>
public sealed record Page(
    string Id, AlertSeverity Severity, string Service, string Title, ImmutableList<string> Alerts, Instant OpenedAt, Instant? EndedAt,
    ImmutableList<string> People, string Unheard, ImmutableList<PageNotice> Notices)
{
    // A page that is repeated for a month shall not grow without bound; the journal has all of it.
    private const int NoticesKept = 50;

    /// <summary>The last message to a contact, which the next one must not overtake; null for none.</summary>
    public PageMessage? Last(string contact) => Notices.SelectMany(n => n.Messages).LastOrDefault(m => m.Contact == contact);

    /// <summary>The first message to a contact, to which later mails answer.</summary>
    public PageMessage? First(string contact) => Notices.SelectMany(n => n.Messages).FirstOrDefault(m => m.Contact == contact);

    internal Page Told(PageNotice notice)
    {
        var notices = Notices.Add(notice);
        // The first stays: later mails answer it.
        return this with { Notices = notices.Count <= NoticesKept ? notices : notices.RemoveAt(1) };
    }

    internal Page Change(string effect, Func<PageMessage, PageMessage> change) => this with
    {
        Notices = Notices.ConvertAll(n => n.Messages.Exists(m => m.Effect == effect)
            ? n with { Messages = n.Messages.ConvertAll(m => m.Effect == effect ? change(m) : m) }
            : n),
    };
}
