using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>What a provider answered, or why there was no answer. Pure.</summary>
/// <param name="Status">HTTP status; 0 where there was no answer.</param>
/// <param name="Words">Its reason phrase, or why there was none.</param>
/// <param name="RetryAfter">The header <c>Retry-After</c>, or null.</param>
/// <param name="Body">The answer's text, as far as it was read.</param>
/// <param name="Forbidden">True where the address may not be reached at all.</param>
public sealed record ProviderReply(int Status, string Words, string? RetryAfter = null, string Body = "", bool Forbidden = false)
{
    // Deeper than any provider's answer.
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    /// <summary>True for 2xx.</summary>
    public bool Ok => Status is >= 200 and < 300;

    /// <summary>The plain rule over status and header.</summary>
    public SendOutcome Judge(Instant now) => Status == 0
        ? new(Forbidden ? SendVerdict.Refused : SendVerdict.Retry, Words)
        : WebhookAnswer.Judge(Status, Words, RetryAfter, now);

    /// <summary>The same with what the provider says in its body.</summary>
    public SendOutcome Judge(Instant now, string? said)
    {
        var plain = Judge(now);
        return string.IsNullOrWhiteSpace(said) ? plain : plain with { Reason = $"{plain.Reason} {said.Trim()}" };
    }

    /// <summary>The answer as a JSON object; null where it is none.</summary>
    public JsonElement? Json()
    {
        if (Body.Length == 0) return null;
        try
        {
            using var document = JsonDocument.Parse(Body, Shallow);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A 2xx answer that is not what this provider says: something else stands at that address, and nobody was told.</summary>
    public static SendOutcome NotTheProvider(string provider, int status) =>
        new(SendVerdict.Retry, $"The receiver answered {status}, but not as {provider} does: something else may stand at that address.");
}

/// <summary>Reads answers that may hold anything.</summary>
internal static class AnyJson
{
    /// <summary>A text field; null where it is missing, no text, or half a character that no text can hold.</summary>
    public static string? Text(this JsonElement? from, string name)
    {
        if (from.Below(name) is not { ValueKind: JsonValueKind.String } value) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A field as it is written; null where it is missing.</summary>
    public static JsonElement? Below(this JsonElement? from, string name)
    {
        if (from is not { ValueKind: JsonValueKind.Object } json) return null;
        try
        {
            return json.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is half a character.
            return null;
        }
    }

    /// <summary>A number; null where it is missing or none.</summary>
    public static double? Number(this JsonElement? from, string name) =>
        from.Below(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>True where the field says so.</summary>
    public static bool Says(this JsonElement? from, string name) => from.Below(name) is { ValueKind: JsonValueKind.True };
}
