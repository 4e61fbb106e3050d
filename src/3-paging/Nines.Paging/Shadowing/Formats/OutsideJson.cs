using System.Text.Json;
using Nines.Kernel;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing.Formats;

/// <summary>What the readers of other pagers share. Whatever is broken is a problem in words; nothing throws.</summary>
internal static class OutsideJson
{
    /// <summary>One call of another pager's webhook; null in it where the call is about nothing that counts (a test, a note).</summary>
    public static Outcome<OutsideNews?> ReadCall(string pager, ReadOnlyMemory<byte> body, Instant now) => Reading(body, root => pager switch
    {
        OldPagers.PagerDuty => PagerDutyPages.Call(root),
        OldPagers.Opsgenie => OpsgeniePages.Call(root, now),
        OldPagers.OnCall => OnCallPages.Call(root, now),
        _ => GoAlertPages.Call(root, now),
    });

    /// <summary>Answers of its API, all together.</summary>
    public static Outcome<IReadOnlyList<OutsideNews>> ReadLog(string pager, ReadOnlyMemory<byte> body) => Reading<IReadOnlyList<OutsideNews>>(body, root =>
    {
        JsonElement[] files = [.. root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().SelectMany(f => f.ValueKind == JsonValueKind.Array ? f.EnumerateArray().ToArray() : [f]) : [root]];
        return pager switch
        {
            OldPagers.PagerDuty => PagerDutyPages.Log(files),
            OldPagers.Opsgenie => OpsgeniePages.Log(files),
            OldPagers.OnCall => OnCallPages.Log(files),
            _ => GoAlertPages.Log(files),
        };
    });

    public static OutsideName Name(JsonElement? user, string name = "summary") => new(user.At("id").Text(), user.At(name).Text(), user.At("email").Text());

    /// <summary>A moment as text, or as milliseconds since 1970.</summary>
    public static Instant? Moment(JsonElement? value)
    {
        var text = value.Text();
        if (value is { ValueKind: JsonValueKind.Number } && long.TryParse(text, out var milliseconds) && milliseconds is > 0 and < 32_503_680_000_000) return Instant.FromUnixTimeMilliseconds(milliseconds);
        return ImportJson.Moment(text);
    }

    private static Outcome<T> Reading<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 64 });
            return Outcome<T>.Of(read(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second: half a character somewhere inside.
            return Problem.Invalid("The body is not JSON.", "Send what the other pager writes, as it is.");
        }
    }
}
