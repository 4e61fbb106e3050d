using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Alerting.Integrations.Api;

/// <summary>What every door for other programs needs of a request: its bounded body, its key, whether its sender may send without one.</summary>
internal static class SentRequest
{
    /// <summary>Names a sender for metrics where no integration was found.</summary>
    public const string KeyHeader = "X-Nines-Key";

    /// <summary>What the door is open to besides those who bring an integration's key.</summary>
    public static Permission Permission { get; } = Permission.OwnProof("integrations", "the integration's key, or a caller who may send alerts");

    /// <summary>True where the caller may send without a declared key: an open house, or a token for it.</summary>
    public static bool IsTrusted(HttpContext http) => http.Known() is { } caller && caller.Scopes.Allow(Permission.Send("integrations"));

    /// <summary>Reads the body up to a limit; null with the status to answer where it is not taken.</summary>
    public static async Task<(byte[]? Body, int Status, string Why)> ReadAsync(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit) return (null, StatusCodes.Status413PayloadTooLarge, TooLarge(limit));
        var (outcome, bytes) = await BoundedBody.ReadAsync(http.Request.Body, limit, BodyBudget.For(http), http.RequestAborted);
        if (outcome == BodyOutcome.Full) http.Response.Headers.RetryAfter = "5";
        return outcome switch
        {
            BodyOutcome.TooLarge => (null, StatusCodes.Status413PayloadTooLarge, TooLarge(limit)),
            BodyOutcome.Full => (null, StatusCodes.Status503ServiceUnavailable, BodyLease.Full),
            _ => (bytes, StatusCodes.Status200OK, ""),
        };
    }

    /// <summary>The key of a request: the header of this house, a bearer token, a basic password, or <c>?key=</c>.</summary>
    public static string KeyOf(HttpRequest request)
    {
        if (request.Headers[KeyHeader].ToString() is { Length: > 0 } own) return own;
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return authorization[7..].Trim();
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && Password(authorization[6..]) is { } password) return password;
        return request.Query["key"].ToString();
    }

    /// <summary>An answer in JSON, as another service writes it.</summary>
    public static IResult Json(object value, int status) => Results.Json(value, Plain, statusCode: status);

    /// <summary>Words for a person who reads the sender's log: all problems in one line.</summary>
    public static string Words(IReadOnlyList<Problem> problems) => string.Join(" ", problems.Select(p => p.ToString()));

    /// <summary>The status for problems: what is broken is the sender's, what cannot be done now is ours and is tried again.</summary>
    public static int StatusOf(IReadOnlyList<Problem> problems, int invalid = StatusCodes.Status400BadRequest) =>
        problems.Any(p => p.Kind == ProblemKind.Unavailable) ? StatusCodes.Status503ServiceUnavailable
        : problems.Any(p => p.Kind == ProblemKind.Denied) ? StatusCodes.Status403Forbidden
        : problems.Any(p => p.Kind == ProblemKind.NotFound) ? StatusCodes.Status404NotFound
        : invalid;

    // Names as each format writes them; nothing of the house's own form.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string TooLarge(int limit) => $"The body is larger than the {limit / 1024} KiB that this door takes.";

    private static string? Password(string text)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var count)) return null;
        var pair = System.Text.Encoding.UTF8.GetString(bytes[..count]);
        var at = pair.IndexOf(':', StringComparison.Ordinal);
        return at < 0 ? null : pair[(at + 1)..];
    }
}
