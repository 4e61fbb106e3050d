using Microsoft.AspNetCore.Http;
using Nines.Alerting.Silences;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary><c>/api/v2/silences</c> and <c>/api/v2/silence/{uuid}</c>: the silences of Nines, in Alertmanager's form.</summary>
internal sealed class SilencesDoor(IHouse house, TimeProvider clock)
{
    private const int BodyLimit = 1024 * 1024;

    public static Task ListAsync(HttpContext http, SilencesDoor door) => door.List(http);

    public static Task ShowAsync(HttpContext http, string uuid, SilencesDoor door) => door.Show(http, uuid);

    public static Task PostAsync(HttpContext http, SilencesDoor door) => door.SetAsync(http);

    public static Task EndAsync(HttpContext http, string uuid, SilencesDoor door) => door.ExpireAsync(http, uuid);

    private Task List(HttpContext http)
    {
        var filter = AlertQuery.Filter(http.Request.Query["filter"].OfType<string>());
        return filter.Ok
            ? WireAnswers.RowsAsync(http, ListedSilence.All(house.State.Get<SilenceBook>(), filter.Value, clock.Now()), static (json, silence) => silence.Write(json))
            : WireAnswers.SayAsync(http, 400, filter.Problems[0].What);
    }

    private Task Show(HttpContext http, string uuid)
    {
        if (!SilenceUuid.IsUuid(uuid)) return WireAnswers.RefuseAsync(http, NoUuid(uuid));
        var book = house.State.Get<SilenceBook>();
        if (SilenceUpdate.Find(book, uuid) is { } silence) return WireAnswers.OneAsync(http, json => ListedSilence.Of(silence, book.Open.ContainsKey(silence.Id), clock.Now()).Write(json));
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task SetAsync(HttpContext http)
    {
        var (taken, body) = await WireAnswers.BodyAsync(http, BodyLimit, http.RequestAborted);
        if (!taken) return;
        var (posted, refusal, sentence) = PostedSilence.Read(body);
        if (refusal is not null) await WireAnswers.RefuseAsync(http, refusal);
        else if (posted is null) await WireAnswers.SayAsync(http, 400, sentence!);
        else await KeepAsync(http, posted);
    }

    private async Task KeepAsync(HttpContext http, PostedSilence posted)
    {
        try
        {
            var caller = http.Known()?.Name is { Length: > 0 } name ? name : http.Caller().Text;
            var decided = await house.DecideAsync(http.Caller(), deciding =>
            {
                var (events, id, status, sentence) = SilenceUpdate.Decide(deciding.State.Get<SilenceBook>(), posted, caller, deciding.NewId(), deciding.Now);
                foreach (var (stream, happened) in events) deciding.Write(stream, happened);
                return Outcome<(string Id, int Status, string? Sentence)>.Of((id, status, sentence));
            });
            var (set, code, said) = decided.Outcome.Value;
            if (said is not null) await WireAnswers.SayAsync(http, code, said);
            else await WireAnswers.OneAsync(http, json =>
            {
                json.WriteStartObject();
                json.WriteString("silenceID", SilenceUuid.Of(set));
                json.WriteEndObject();
            });
        }
        catch (StorageException e)
        {
            await WireAnswers.DownAsync(http, e);
        }
    }

    private async Task ExpireAsync(HttpContext http, string uuid)
    {
        if (!SilenceUuid.IsUuid(uuid))
        {
            await WireAnswers.RefuseAsync(http, NoUuid(uuid));
            return;
        }

        try
        {
            var found = await house.DecideAsync(http.Caller(), deciding =>
            {
                var book = deciding.State.Get<SilenceBook>();
                var silence = SilenceUpdate.Find(book, uuid);
                if (silence is not null && book.Open.ContainsKey(silence.Id)) deciding.Write(new("silence", silence.Id), new SilenceEnded(silence.Id, "Somebody ended it."));
                return Outcome<bool>.Of(silence is not null);
            });
            if (!found.Outcome.Value) await WireAnswers.SayAsync(http, StatusCodes.Status404NotFound, "silence not found");
        }
        catch (StorageException e)
        {
            await WireAnswers.DownAsync(http, e);
        }
    }

    private static BodyRefusal NoUuid(string text) => new(422, 601, $"silenceID in path must be of type uuid: \"{(text.Length > 60 ? text[..60] : text)}\"");
}
