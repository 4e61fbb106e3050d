using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Responding.StatusPages.Wire;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Tells a batch of subscribers, some at a time. Whoever took it is not told again at the next try; after a crash the batch is sent
/// anew, each message under the id that it had.
/// </summary>
internal sealed class NoticeSender(IHouse house, StatusPress press, SubscriberAddresses addresses, SubscriberDesk desk, HouseMail mail, OutsideConnections outside, TimeProvider clock) : IOutboxSender
{
    // A mail server takes a handful of connections from one sender.
    private const int AtOnce = 4;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, bool>> _told = new(StringComparer.Ordinal);

    public string Kind => NoticeRule.Kind;

    // Two hundred mails to a slow server.
    public Duration Timeout => Duration.FromMinutes(5);

    public async Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop)
    {
        if (delivery.Payload.Deserialize<NoticeBatch>(HouseJson.Options) is not { } batch) return new(SendVerdict.Refused, "The batch cannot be read.");
        if (await press.SiteAsync(batch.Page, stop) is not { } site) return new(SendVerdict.Refused, $"There is no status page {batch.Page} any more.");
        if (NoticeText.Of(site.View, batch) is not { } news) return new(SendVerdict.Refused, "The page knows no more of it.");
        var told = _told.GetOrAdd(delivery.Id, _ => new(StringComparer.Ordinal));
        var waiting = new ConcurrentQueue<Subscriber>(NoticeRule.Of(house.State.Get<StatusBook>().Of(batch.Page), batch, site.View.Page.Keys).Where(s => !told.ContainsKey(s.Id)));
        var sum = new Sum();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(waiting, site.View, batch, news, told, sum, stop)));
        var words = string.Create(CultureInfo.InvariantCulture, $"{sum.Accepted} were told, {sum.Refused} refused it{(sum.Failed > 0 ? $", {sum.Failed} could not be reached: {sum.Why}" : ".")}");
        if (sum.Failed > 0) return new(SendVerdict.Retry, words);
        _told.TryRemove(delivery.Id, out ConcurrentDictionary<string, bool>? _);
        return new(SendVerdict.Accepted, words);
    }

    private async Task WorkAsync(ConcurrentQueue<Subscriber> waiting, PublicView view, NoticeBatch batch, News news, ConcurrentDictionary<string, bool> told, Sum sum, CancellationToken stop)
    {
        while (waiting.TryDequeue(out var one))
        {
            var outcome = addresses.Open(one) is { } address
                ? one.Kind == SubscriberKind.Email ? await MailAsync(view, batch, news, one, address, stop) : await CallAsync(view, batch, one, address, stop)
                : new(SendVerdict.Refused, "");
            if (outcome.Verdict != SendVerdict.Retry) told[one.Id] = true;
            sum.Count(outcome, addresses.Open(one) ?? "");
        }
    }

    private async Task<SendOutcome> MailAsync(PublicView view, NoticeBatch batch, News news, Subscriber one, string address, CancellationToken stop)
    {
        var leave = await desk.LeaveLinkAsync(view.Page, one.Id, clock.Now(), stop);
        var thread = batch.Notice == batch.About ? null : $"{NoticeRule.MessageId(batch.About, one.Id)}@{mail.Domain}";
        return await mail.SendAsync(
            new(mail.From, address, NoticeText.Subject(view, news), NoticeText.Body(view, news, batch.About, leave), $"{NoticeRule.MessageId(batch.Notice, one.Id)}@{mail.Domain}", thread,
                $"{view.Page.Name}.statuspages.{mail.Domain}", Sender: view.Page.Title, Unsubscribe: leave),
            stop);
    }

    private async Task<SendOutcome> CallAsync(PublicView view, NoticeBatch batch, Subscriber one, string address, CancellationToken stop)
    {
        var leave = await desk.LeaveLinkAsync(view.Page, one.Id, clock.Now(), stop);
        object about = batch.Kind == NoticeKind.Post ? StatuspageJson.Post(view, view.Published.Post(batch.About)!) : StatuspageJson.Work(view, view.Published.Maintenance(batch.About)!);
        var status = StatuspageJson.Status(view);
        var body = StatuspageJson.Write(new { meta = new { unsubscribe = leave, generated_at = clock.Now() }, page = new { id = view.Page.Name, status_indicator = status.Indicator, status_description = status.Description }, incident = about });
        return await PostAsync(outside, address, body, NoticeRule.MessageId(batch.Notice, one.Id), stop);
    }

    /// <summary>Calls a subscriber's program once; whatever comes of it is an answer.</summary>
    internal static async Task<SendOutcome> PostAsync(OutsideConnections outside, string address, byte[] body, string id, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("Nines-Delivery-Id", id);
        request.Headers.TryAddWithoutValidation("User-Agent", "Nines");
        try
        {
            using var answer = await outside.SendAsync(request, patience.Token);
            var code = (int)answer.StatusCode;
            return code is >= 200 and < 300 ? new(SendVerdict.Accepted, "")
                : code is 408 or 425 or 429 or >= 500 ? new(SendVerdict.Retry, $"It answered {code}.") : new(SendVerdict.Refused, $"It answered {code}.");
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new(SendVerdict.Refused, forbidden.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new(SendVerdict.Retry, "It could not be reached.");
        }
    }

    private sealed class Sum
    {
        private int _accepted;
        private int _refused;
        private int _failed;

        public int Accepted => _accepted;

        public int Refused => _refused;

        public int Failed => _failed;

        public string Why { get; private set; } = "";

        // What a server says of somebody may name them; the journal must not.
        public void Count(SendOutcome outcome, string address)
        {
            if (outcome.Verdict == SendVerdict.Accepted) Interlocked.Increment(ref _accepted);
            else if (outcome.Verdict == SendVerdict.Refused) Interlocked.Increment(ref _refused);
            else
            {
                Interlocked.Increment(ref _failed);
                Why = address.Length > 0 ? outcome.Reason.Replace(address, "…", StringComparison.OrdinalIgnoreCase) : outcome.Reason;
            }
        }
    }
}
