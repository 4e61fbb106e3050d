using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Demo;

/// <summary>One webhook call as it came in.</summary>
/// <param name="At">When it was received.</param>
/// <param name="Signature">The signature header's verdict: "valid", or why not.</param>
/// <param name="Body">The body, word for word.</param>
internal sealed record ReceivedPage(Instant At, string Signature, string Body)
{
    /// <summary>What the caller says happened; a page that a person must answer is not one that tells the end.</summary>
    public string Said => Word("title") ?? Word("summary") ?? Word("text") ?? "(a call without a title)";

    /// <summary>True for a call that tells that something ended.</summary>
    public bool TellsEnd => (Word("event") ?? Word("state") ?? Word("status")) is "resolved" or "ok" or "ended";

    /// <summary>The severity that the caller named.</summary>
    public string? Severity => Word("severity");

    /// <summary>The body indented, for people.</summary>
    public string Pretty
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body)?.ToJsonString(HouseJson.Indented) ?? Body;
            }
            catch (JsonException)
            {
                return Body;
            }
        }
    }

    private string? Word(string name)
    {
        try
        {
            return JsonNode.Parse(Body) is JsonObject fields && fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
