using System.Buffers.Text;
using System.Text.Json;
using Nines.Kernel;

namespace Nines.Paging.Channels.Push;

/// <summary>Where a browser takes push: what its subscription says, and what its owner calls it.</summary>
/// <param name="Endpoint">The push service's address for this browser.</param>
/// <param name="P256dh">The browser's public key, base64url.</param>
/// <param name="Auth">The browser's secret, base64url.</param>
/// <param name="Device">Such as "Firefox on Android".</param>
public sealed record PushAddress(string Endpoint, string P256dh, string Auth, string Device)
{
    private const int LongestEndpoint = 2000;
    private const int LongestDevice = 80;

    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<Problem> Problems()
    {
        var problems = new List<Problem>();
        if (Endpoint.Length > LongestEndpoint || !Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
            problems.Add(Problem.Invalid("The endpoint is not an address of a push service.", "Send the subscription as the browser gives it (https).", "subscription.endpoint"));
        if (Bytes(P256dh) is not { } key || !PushEncryption.IsPoint(key))
            problems.Add(Problem.Invalid("The key is not a point of P-256.", "Send the subscription as the browser gives it.", "subscription.keys.p256dh"));
        if (Bytes(Auth) is not { Length: PushEncryption.AuthSize })
            problems.Add(Problem.Invalid("The secret is not 16 bytes.", "Send the subscription as the browser gives it.", "subscription.keys.auth"));
        if (Device.Length > LongestDevice) problems.Add(Problem.Invalid("The device's name is too long.", $"Write {LongestDevice} characters at most.", "device"));
        return problems;
    }

    /// <summary>Reads what was sealed; null where it is none.</summary>
    public static PushAddress? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PushAddress>(text, HouseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Bytes of base64url, padded or not; null where it is none.</summary>
    internal static byte[]? Bytes(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text.TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
