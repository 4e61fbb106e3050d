using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>What senders and doors share: contacts, settings, the guarded connections, and the way to the journal.</summary>
internal sealed class ChannelDesk(
    IContactBook contacts, IHouse house, GuardedConnections connections, IPersonKeys keys, AcknowledgeLinks links, IOptions<ChannelsOptions> options, IOptions<NotificationsOptions> notifications, TimeProvider clock)
{
    // A provider's answer is a few hundred bytes; what is longer says nothing more.
    private const int LongestAnswer = 64 * 1024;

    public ChannelsOptions Settings => options.Value;

    /// <summary>Where people and providers reach this server, without a slash at the end.</summary>
    public string PublicUrl => notifications.Value.PublicUrl.TrimEnd('/');

    public IHouse House => house;

    public Instant Now => clock.Now();

    public ChannelBook Book => house.State.Get<ChannelBook>();

    public Contact? Find(string name) => contacts.Find(house.State, name);

    public IReadOnlyList<Contact> ContactsOf(HouseState state, string person) => contacts.Of(state, person);

    public byte[]? KeyOf(string person) => keys.Find(person);

    /// <summary>
    /// Reads a delivery's message; a code and the link that acknowledges are made here, at each try, so that neither ever
    /// stands in the journal. Null where the payload is none.
    /// </summary>
    public async ValueTask<ChannelMessage?> ReadAsync(Delivery delivery, Contact contact, CancellationToken stop)
    {
        if (ReadMessage(delivery.Payload) is not { } message) return null;
        if (message.Acknowledge == AcknowledgeLinks.Place)
            message = message with { Acknowledge = await links.PathAsync(message.Page, contact.Person, message.At, stop) is { } path ? PublicUrl + path : null };
        return message.Event == MessageEvent.Code && ContactCode.Of(KeyOf(contact.Person), delivery.Id) is { } code
            ? message with { Text = message.Text.Replace(ContactCode.Place, code, StringComparison.Ordinal) }
            : message;
    }

    public static ChannelMessage? ReadMessage(JsonElement payload)
    {
        try
        {
            return payload.Deserialize<ChannelMessage>(HouseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A secret that the settings name; null where they name none.</summary>
    public static Outcome<string>? Setting(string reference) =>
        SecretReference.TryParse(reference, out var kept) ? SecretResolver.Resolve(kept!) : null;

    /// <summary>Calls a provider once; whatever comes of it is an answer.</summary>
    public async Task<ProviderReply> CallAsync(HttpRequestMessage request, CancellationToken stop, bool readBody = true)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "Nines");
        try
        {
            using var response = await connections.SendAsync(request, stop);
            var body = readBody ? await ReadAsync(response, stop) : "";
            var after = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
            return new((int)response.StatusCode, response.ReasonPhrase ?? "", after, body);
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException forbidden)
        {
            return new(0, forbidden.Message, Forbidden: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(0, $"The receiver could not be reached: {e.Message}");
        }
    }

    /// <summary>A POST of JSON.</summary>
    public static HttpRequestMessage Post(string address, object body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, HouseJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return new(HttpMethod.Post, address) { Content = content };
    }

    /// <summary>Writes what follows from the newest state; true where something did.</summary>
    public async Task<bool> WriteAsync(Actor actor, Func<Deciding, IReadOnlyList<(StreamName Stream, object Event)>> decide, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var events = decide(deciding);
            foreach (var (stream, happened) in events) deciding.Write(stream, happened);
            return Outcome<bool>.Of(events.Count > 0);
        }, stop: stop);
        return decided.Outcome is { Ok: true, Value: true };
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[LongestAnswer];
        var count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
