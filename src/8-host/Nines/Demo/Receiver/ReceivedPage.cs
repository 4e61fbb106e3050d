using System.Text.Json;
using System.Text.Json.Nodes;
using Nines.Kernel;
using NodaTime;

namespace Nines.Host.Demo;

/// <summary>One webhook call as it came in.</summary>
/// <param name="At">When it was received.</param>
/// <param name="Delivery">The sender's id of the message, the same at every try; empty where none was named.</param>
/// <param name="Signature">"valid", or what is wrong with it.</param>
/// <param name="Body">The body, word for word.</param>
internal sealed record ReceivedPage(Instant At, string Delivery, string Signature, string Body)
{
    /// <summary>The message in one line.</summary>
    public string Said => Word("text") ?? "(a call without a text)";

    /// <summary>Why the sender calls this person.</summary>
    public string Why => Word("why") ?? "";

    /// <summary>Where the page stands in Nines.</summary>
    public string? Url => Word("url");

    /// <summary>Where whoever is called takes it on; null where there is nothing to take on.</summary>
    public string? Acknowledge => Word("acknowledge");

    /// <summary>True for a call that a person must answer: a page that is open, not a ticket and not an end.</summary>
    public bool Wakes => Word("severity") == "page" && Fields?["open"] is JsonValue open && open.TryGetValue<bool>(out var yes) && yes;

    /// <summary>The body indented, for people.</summary>
    public string Pretty => Fields?.ToJsonString(HouseJson.Indented) ?? Body;

    private JsonObject? Fields
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    private string? Word(string name) => Fields?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
