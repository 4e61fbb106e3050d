using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Demo;

/// <summary>
/// The pager of the demo: keeps every webhook call that reaches it, in a file where it was asked to, so that a restarted
/// demo still shows the page it got.
/// </summary>
internal sealed class PageReceiver(string file, byte[] secret, TimeProvider clock)
{
    private const int MostKept = 200;
    private readonly Lock _gate = new();
    private ImmutableList<ReceivedPage> _pages = [];

    /// <summary>What came in, oldest first.</summary>
    public ImmutableList<ReceivedPage> Pages => _pages;

    /// <summary>Reads what an earlier run received.</summary>
    public async Task LoadAsync(CancellationToken stop)
    {
        if (!File.Exists(file)) return;
        var lines = await File.ReadAllLinesAsync(file, stop);
        _pages = [.. lines.Select(Read).OfType<ReceivedPage>().TakeLast(MostKept)];
    }

    /// <summary>The webhook: keeps the call, then answers 204.</summary>
    public async Task<int> ReceiveAsync(HttpRequest request, CancellationToken stop)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, stop);
        var bytes = body.ToArray();
        var now = clock.Now();
        var page = new ReceivedPage(
            now, request.Headers["Nines-Delivery-Id"].ToString(), WebhookSignature.Verdict(request.Headers["Nines-Signature"].ToString(), bytes, secret, now.ToUnixTimeSeconds()),
            System.Text.Encoding.UTF8.GetString(bytes));
        lock (_gate)
        {
            // A message whose answer got lost is sent again under the same id: it is one message.
            if (page.Delivery.Length > 0 && _pages.Exists(p => p.Delivery == page.Delivery)) return StatusCodes.Status204NoContent;
            File.AppendAllText(file, JsonSerializer.Serialize(page, HouseJson.Options) + "\n");
            _pages = [.. _pages.TakeLast(MostKept - 1), page];
        }

        return StatusCodes.Status204NoContent;
    }

    /// <summary>The first page after an instant that a person must answer, rightly signed.</summary>
    public Instant? FirstSince(Instant since) => _pages.FirstOrDefault(p => p.At >= since && p is { Wakes: true, Signature: "valid" })?.At;

    private static ReceivedPage? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ReceivedPage>(line, HouseJson.Options);
        }
        catch (JsonException)
        {
            // A line torn by a kill: the sender was not answered and has sent it again.
            return null;
        }
    }
}
