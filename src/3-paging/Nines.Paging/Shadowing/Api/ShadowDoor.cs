using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Shadowing.Formats;
using Nines.Shell;

namespace Nines.Paging.Shadowing.Api;

/// <summary>
/// <c>POST /in/shadow/{mode}</c>: the old pager's webhook, as it happens. It proves itself by its signature (PagerDuty) or by
/// the mode's key; whatever it says, it can only acknowledge and end pages that call nobody.
/// </summary>
internal static class ShadowDoor
{
    // The largest is Grafana OnCall's, with the whole alert in it.
    private const int Limit = 512 * 1024;

    public static async Task<IResult> TakeAsync(HttpContext http, string mode, ShadowDesk desk, TimeProvider clock)
    {
        var (outcome, body) = http.Request.ContentLength > Limit ? (BodyOutcome.TooLarge, []) : await BoundedBody.ReadAsync(http.Request.Body, Limit, BodyBudget.For(http), http.RequestAborted);
        if (outcome == BodyOutcome.TooLarge) return Answers.Refuse(StatusCodes.Status413PayloadTooLarge, Problem.Invalid($"The body is larger than the {Limit / 1024} KiB that this door takes.", "Send one event at a time."));
        if (outcome != BodyOutcome.Whole) return Answers.Refuse(new Problem(ProblemKind.Unavailable, BodyLease.Full));
        var trusted = http.Known() is { } caller && caller.Scopes.Allow(Permission.Send("shadow"));
        var known = desk.Find(mode);
        if (known is null) return trusted ? Answers.Refuse(Problem.NotFound($"There is no ShadowMode \"{mode}\".", "List them with \"nines get ShadowMode\".")) : Denied();
        if (Refuses(http.Request, known, body, trusted) is { } refused) return refused;
        var read = OutsideJson.ReadCall(known.Beside, body, clock.Now());
        if (!read.Ok) return Answers.Refuse(read.Problems);
        // A test or a note: taken, so that its sender goes on.
        if (read.Value is not { } news) return Results.Ok(new { heard = 0 });
        var heard = await desk.HearAsync(Actor.Door("shadow-" + known.Name), known, [news], http.RequestAborted);
        return heard.Ok ? Results.Ok(new { heard = heard.Value }) : Answers.Refuse(heard.Problems);
    }

    private static IResult? Refuses(HttpRequest request, ShadowMode mode, byte[] body, bool trusted)
    {
        if (mode.Key is not { } reference) return trusted ? null : Denied();
        var key = SecretResolver.Resolve(reference);
        if (!key.Ok) return Answers.Refuse(key.Problems);
        var signatures = request.Headers["X-PagerDuty-Signature"].ToString();
        var proved = mode.Beside == OldPagers.PagerDuty && signatures.Length > 0 ? PagerDutySignature.Verify(key.Value, signatures, body) : Same(KeyOf(request), key.Value);
        return proved ? null : Denied();
    }

    /// <summary>Where senders that cannot sign put a key: the header of this house, a bearer token, a basic password, the address.</summary>
    private static string KeyOf(HttpRequest request)
    {
        if (request.Headers["X-Nines-Key"].ToString() is { Length: > 0 } own) return own;
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return authorization[7..].Trim();
        Span<byte> bytes = stackalloc byte[512];
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out var count)
            && Encoding.UTF8.GetString(bytes[..count]).Split(':', 2) is [_, var password]) return password;
        return authorization.Length > 0 ? authorization : request.Query["key"].ToString();
    }

    private static bool Same(string brought, string wanted) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(brought)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));

    private static IResult Denied() => Answers.Refuse(new Problem(
        ProblemKind.Denied, "This call does not prove that it comes from the other pager.", "Give it the address and the key of the ShadowMode: PagerDuty signs with it, others send it as X-Nines-Key or as a password."));
}

/// <summary>PagerDuty's signatures: <c>v1=</c> and HMAC-SHA256 over the body, several while its secret is rotated. Pure.</summary>
internal static class PagerDutySignature
{
    /// <summary>True where one of them was made with this secret; in constant time.</summary>
    public static bool Verify(string secret, string signatures, ReadOnlySpan<byte> body)
    {
        var wanted = Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        var proved = false;
        foreach (var signature in signatures.Split(',', 8, StringSplitOptions.TrimEntries)) proved |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), wanted);
        return proved;
    }
}
