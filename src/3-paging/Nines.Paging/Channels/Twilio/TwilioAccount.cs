using System.Net.Http.Headers;
using System.Text;
using Nines.Kernel;

namespace Nines.Paging.Channels.Twilio;

/// <summary>
/// The HTTP API of Twilio, and of the providers that speak it too: forms with basic authentication, answers in JSON,
/// what becomes of a message by call-back.
/// </summary>
internal sealed class TwilioAccount(ChannelDesk desk)
{
    public const string StatusDoor = "/in/twilio/status/";
    public const string VoiceDoor = "/in/twilio/voice/";

    private const string Lacking = "No telephone provider is configured: set channels:twilioAccount, twilioToken and twilioFrom.";

    /// <summary>True where the provider can reach this server: it does not call back to somebody's loopback address.</summary>
    public bool CallsBack => Reaches(desk.PublicUrl, desk.Settings.TwilioUrl);

    internal static bool Reaches(string publicUrl, string provider) => Uri.TryCreate(publicUrl, UriKind.Absolute, out var here) && (!here.IsLoopback || new Uri(provider).IsLoopback);

    /// <summary>Posts a form to one of the account's resources and says what it came to.</summary>
    public async Task<SendOutcome> PostAsync(string resource, string effect, IEnumerable<KeyValuePair<string, string>> form, CancellationToken stop)
    {
        var settings = desk.Settings;
        if (settings.TwilioAccount.Length == 0 || ChannelDesk.Setting(settings.TwilioToken) is not { } token) return new(SendVerdict.Refused, Lacking);
        if (!token.Ok) return new(SendVerdict.Retry, token.Problems[0].ToString());
        var address = $"{settings.TwilioUrl.TrimEnd('/')}/2010-04-01/Accounts/{settings.TwilioAccount}/{resource}.json";
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.TwilioAccount}:{token.Value}")));
        // Twilio itself reads no such key; some of those that speak its API do.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", effect);
        var reply = await desk.CallAsync(request, stop);
        return Judge(reply);
    }

    /// <summary>The number or messaging service that it comes from, as a form field.</summary>
    public KeyValuePair<string, string> From => desk.Settings.TwilioFrom.StartsWith("MG", StringComparison.Ordinal)
        ? new("MessagingServiceSid", desk.Settings.TwilioFrom)
        : new("From", desk.Settings.TwilioFrom);

    public string Back(string door, string effect) => desk.PublicUrl + door + effect;

    private SendOutcome Judge(ProviderReply reply)
    {
        var json = reply.Json();
        if (reply.Ok && json.Text("sid") is null) return ProviderReply.NotTheProvider("Twilio", reply.Status);
        if (reply.Ok) return reply.Judge(desk.Now, json.Text("status") is { } status ? $"It is {status}." : null);
        return reply.Judge(desk.Now, json.Number("code") is { } code ? $"Error {code:0}: {json.Text("message")}" : null);
    }
}
