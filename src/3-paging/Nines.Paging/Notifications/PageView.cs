using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>A page as doors show it.</summary>
/// <param name="Id">The page.</param>
/// <param name="State"><c>open</c>, <c>ended</c> or <c>unheard</c>.</param>
/// <param name="Severity">How loud.</param>
/// <param name="Service">Whose users feel it.</param>
/// <param name="Title">What burns.</param>
/// <param name="OpenedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="People">Who was called, by name; the id of somebody who is gone.</param>
/// <param name="Unheard">Why it reached nobody; empty where it did.</param>
/// <param name="Alerts">What it is about.</param>
/// <param name="Notices">Each time that people were told.</param>
public sealed record PageView(
    string Id, string State, AlertSeverity Severity, string Service, string Title, Instant OpenedAt, Instant? EndedAt, IReadOnlyList<string> People,
    string Unheard, IReadOnlyList<string> Alerts, IReadOnlyList<NoticeView> Notices)
{
    /// <summary>The view of a page, with people by name.</summary>
    public static PageView Of(Page page, ManifestSet catalog)
    {
        var names = catalog.Of<Person>().DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Name);
        return new(
            page.Id, page.Unheard.Length > 0 ? "unheard" : page.EndedAt is null ? "open" : "ended", page.Severity, page.Service, page.Title, page.OpenedAt,
            page.EndedAt, [.. page.People.Select(Name)], page.Unheard, page.Alerts,
            [.. page.Notices.Select(n => new NoticeView(n.Cause, n.At, n.Reason, [.. n.Messages.Select(m => new MessageView(m.Effect, Name(m.Person), m.Kind, m.State, m.Attempts, m.Reason, m.At))]))]);

        string Name(string id) => names.GetValueOrDefault(id, id);
    }
}

/// <summary>One time that people were told.</summary>
public sealed record NoticeView(PageCause Cause, Instant At, string Reason, IReadOnlyList<MessageView> Messages);

/// <summary>One message and how far it came.</summary>
public sealed record MessageView(string Delivery, string Person, string Kind, MessageState State, int Attempts, string Reason, Instant? At);
