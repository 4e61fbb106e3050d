using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Nines.Tests.Interop.Crash;

/// <summary>
/// Somebody at the receiver's end who takes on some of the pages while the server is killed again and again: half by the
/// form behind the message's link, half over HTTP. What was answered stays: no restart rings such a page again.
/// </summary>
internal sealed class StormAnswers(MortalServer server, PageCatcher pager, Random random)
{
    // A request that the server let go of may still wait for its turn in the receiver, which shares its cores with everything.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TimeSpan> _answered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _read;
    private int _byLink;

    public int Answered => _answered.Count;

    /// <summary>Answers pages as they come, until told to stop.</summary>
    public async Task AnswerAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var call in pager.After(_read))
            {
                _read++;
                if (call.Event != "page.opened" || !_seen.Add(call.Page) || random.Next(100) >= 40) continue;
                await TakeOnAsync(call, random.Next(2) == 0);
            }

            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>After a start: what was answered is still known.</summary>
    public async Task CheckKnownAsync(string when)
    {
        foreach (var page in _answered.Keys.OrderByDescending(p => p, StringComparer.Ordinal).Take(3))
        {
            var view = await server.GetAsync($"/api/v1/pages/{page}");
            Assert.True(view.GetProperty("state").GetString() == "acknowledged", $"{when} the page {page} is {view.GetProperty("state")}, though somebody was answered that it is theirs.");
        }
    }

    /// <summary>No message of a page came after somebody was answered that it is theirs; others rang on, or this could not fail.</summary>
    public string Check()
    {
        var calls = pager.Caught.Where(c => c.Event is "page.opened" or "page.repeated" or "page.reopened").ToArray();
        var rang = calls.Where(c => _answered.TryGetValue(c.Page, out var at) && c.At > at + UnderWay).ToArray();
        Assert.True(rang.Length == 0, $"{rang.Length} messages rang after an acknowledgement was answered, the first of page {rang.FirstOrDefault()?.Page} at {rang.FirstOrDefault()?.At}, answered at {(rang.Length > 0 ? _answered[rang[0].Page] : null)}.");
        var others = calls.Where(c => c.Event == "page.repeated" && !_answered.ContainsKey(c.Page)).Select(c => c.Page).Distinct(StringComparer.Ordinal).Count();
        Assert.True(others > 0 && _byLink > 0 && _answered.Count > _byLink, $"{_answered.Count} pages were taken on, {_byLink} of them by link; of the others {others} rang again: too little to show anything.");
        LongRun.Count("pages taken on in a storm of kills, none rung again", _answered.Count);
        LongRun.Count("pages taken on by the form behind a link", _byLink);
        return string.Create(CultureInfo.InvariantCulture, $"{_answered.Count} pages taken on ({_byLink} by link), none of them rang again; {others} others did");
    }

    private async Task TakeOnAsync(CaughtPage call, bool byLink)
    {
        try
        {
            using var nothing = new FormUrlEncodedContent([]);
            using var answer = byLink
                ? await server.Http.PostAsync(new Uri(call.Link, UriKind.Relative), nothing)
                : await server.Http.PostAsJsonAsync(new Uri($"/api/v1/pages/{call.Page}/acknowledge", UriKind.Relative), new { by = "ada" });
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            _answered[call.Page] = pager.Now;
            if (byLink) _byLink++;
        }
        catch (HttpRequestException)
        {
            // Killed meanwhile: nobody was answered, so nothing is promised.
        }
    }
}
