using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;

namespace Nines.Catalog.Access.Api;

/// <summary>Finds out who sends a request: a token (bearer, or as the password of basic credentials), else the session of a browser. From memory.</summary>
internal sealed partial class Callers(IHouse house, CompiledManifests compiled, Sessions sessions, IOptions<AccessOptions> options, TimeProvider clock, ILogger<Callers> log) : ICallers
{
    private static readonly string[] TokenSchemes = ["Bearer ", "GenieKey ", "Token "];

    private readonly ConcurrentDictionary<string, bool> _noting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Instant> _used = new(StringComparer.Ordinal);

    public bool SetUp => !State.Accounts.IsEmpty;

    private AccessState State => house.State.Get<AccessState>();

    /// <summary>When a token was last used since this process began; null for not yet.</summary>
    public Instant? LastUse(string token) => _used.TryGetValue(token, out var at) ? at : null;

    public Caller? Find(HttpContext http)
    {
        var said = http.Request.Headers.Authorization.ToString();
        // Where a token is sent, it alone decides: a program that is refused shall not go on as somebody else.
        if (TokenSchemes.FirstOrDefault(s => said.StartsWith(s, StringComparison.OrdinalIgnoreCase)) is { } scheme) return ByToken(said[scheme.Length..].Trim());
        if (said.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && PasswordOf(said["Basic ".Length..]) is { } password && password.StartsWith(Secrets.TokenForm, StringComparison.Ordinal)) return ByToken(password);
        return SessionCookie.Read(http.Request) is { } secret ? BySession(Secrets.HashOf(secret)) : null;
    }

    public Caller? ByToken(string? token)
    {
        if (token is null || token.Length is < 40 or > 100 || !token.StartsWith(Secrets.TokenForm, StringComparison.Ordinal)) return null;
        var now = clock.Now();
        if (State.Token(Secrets.HashOf(token), now) is not { } found) return null;
        _used[found.Id] = now;
        return new(Actor.Token(found.Id), Scopes.Of(found.Scopes), found.Name);
    }

    private Caller? BySession(string hash)
    {
        var now = clock.Now();
        if (State.Session(hash, now, options.Value.Idle) is not { } session || !State.Accounts.ContainsKey(session.Person)) return null;
        if (now - session.Seen >= sessions.NoteAfter && _noting.TryAdd(hash, true)) _ = NoteAsync(session);
        var name = compiled.Catalog(house.State).PersonById(session.Person)?.DisplayName ?? "";
        return new(Actor.Person(session.Person), Scopes.Everything, name, session.Id);
    }

    private async Task NoteAsync(Session session)
    {
        try
        {
            await sessions.NoteAsync(session);
        }
        catch (StorageException e)
        {
            // The session goes on; the next request notes it.
            LogNotNoted(log, e);
        }
        finally
        {
            _noting.TryRemove(session.Hash, out _);
        }
    }

    private static string? PasswordOf(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials.Trim(), bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }

    [LoggerMessage(1501, LogLevel.Warning, "That a session is in use could not be noted")]
    private static partial void LogNotNoted(ILogger log, Exception e);
}
