using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Tells many, a batch at a time: one effect of the outbox for some hundred of them, so that no commit is large and a page that
/// somebody must hear never waits behind fifty thousand mails. After a crash at most the batches under way are sent again,
/// each message under its own id. Pure.
/// </summary>
public static class NoticeRule
{
    /// <summary>So many are told by one effect.</summary>
    public const int Batch = 200;

    /// <summary>So many are looked at by one commit, where few of them want to hear it.</summary>
    public const int Sweep = 5_000;

    /// <summary>So many effects of a page are on their way before the next one is written.</summary>
    public const int UnderWay = 2;

    /// <summary>Kind of the effects.</summary>
    public const string Kind = "statuspage-notice";

    /// <summary>How long a batch is tried.</summary>
    public static Duration Patience { get; } = Duration.FromMinutes(30);

    /// <summary>True where the next batch may be written.</summary>
    public static bool Waits(PublishedPage page) => page.Notices.Sum(n => n.Waiting.Count) < UnderWay && page.Notices.Exists(n => !n.Over);

    /// <summary>The next batch of a page; nothing where nobody waits.</summary>
    /// <param name="name">The page's name.</param>
    /// <param name="page">What was published.</param>
    /// <param name="components">Keys of what the page has.</param>
    /// <param name="newId">Makes ids.</param>
    public static IReadOnlyList<(StreamName Stream, object Event)> Next(string name, PublishedPage page, IReadOnlyList<string> components, Func<string> newId)
    {
        if (!Waits(page)) return [];
        // In the order in which they were published: nobody reads the end before the beginning.
        var notice = page.Notices.Find(n => !n.Over)!;
        var (first, end) = Range(page, notice);
        if (first >= end || Reach.Of(page, notice.Kind, notice.About, notice.Id, components) is not { } reach) return [(StreamOf(name), new NoticeSent(name, notice.Id, "", notice.Through, 0))];
        // Later updates and later batches go by what the page had when the first was told.
        var among = notice.Cursor.Length == 0 && page.Subscribers.Values.Any(s => s.Choice is not null) ? components : null;
        var (told, at) = (new List<string>(Batch), first);
        for (; at < end && at - first < Sweep && told.Count < Batch; at++)
            if (reach.Takes(page.Subscribers[page.Confirmed[at]])) told.Add(page.Confirmed[at]);
        var last = page.Confirmed[at - 1];
        if (told.Count == 0) return [(StreamOf(name), new NoticeSent(name, notice.Id, "", last, 0, among))];
        var effect = newId();
        var payload = new NoticeBatch(name, notice.Id, notice.About, notice.Kind, told[0], told[^1]);
        return
        [
            (StreamOf(name), new NoticeSent(name, notice.Id, effect, last, told.Count, among)),
            (Outbox.StreamOf(effect), new OutboxIntended(effect, Kind, name, $"statuspage/{name}", JsonSerializer.SerializeToElement(payload, HouseJson.Options), null, Patience)),
        ];
    }

    /// <summary>Who is in a batch and still wants to be told.</summary>
    public static IEnumerable<Subscriber> Of(PublishedPage page, NoticeBatch batch, IReadOnlyList<string> components)
    {
        if (Reach.Of(page, batch.Kind, batch.About, batch.Notice, components) is not { } reach) yield break;
        var at = page.Confirmed.IndexOf(batch.First);
        for (var i = at < 0 ? ~at : at; i < page.Confirmed.Count && string.CompareOrdinal(page.Confirmed[i], batch.Last) <= 0; i++)
            if (page.Subscribers[page.Confirmed[i]] is var one && reach.Takes(one)) yield return one;
    }

    /// <summary>Id of the message to one of them: the same at every try, so that receivers can drop a second copy.</summary>
    public static string MessageId(string notice, string subscriber) => $"{notice}.{subscriber}";

    /// <summary>The journal's stream of a page.</summary>
    public static StreamName StreamOf(string page) => new("statuspage", page);

    private static (int First, int End) Range(PublishedPage page, Notice notice)
    {
        var at = page.Confirmed.IndexOf(notice.Cursor);
        var first = notice.Cursor.Length == 0 ? 0 : at < 0 ? ~at : at + 1;
        var through = page.Confirmed.IndexOf(notice.Through);
        return (first, through < 0 ? ~through : through + 1);
    }
}

/// <summary>What an effect needs in order to tell a batch.</summary>
/// <param name="Page">The page.</param>
/// <param name="Notice">The update that they are told of.</param>
/// <param name="About">The post or the maintenance.</param>
/// <param name="Kind">Which of both.</param>
/// <param name="First">Id of the first subscriber.</param>
/// <param name="Last">Id of the last.</param>
public sealed record NoticeBatch(string Page, string Notice, string About, NoticeKind Kind, string First, string Last);
