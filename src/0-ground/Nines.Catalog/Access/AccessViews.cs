using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>A token as lists show it; its text is not known to anybody any more.</summary>
public sealed record TokenView(string Id, string Name, IReadOnlyList<string> Scopes, Instant Since, Instant? Expires, bool Expired, Instant? Used, string By);

/// <summary>Somebody in the catalog, and whether they can sign in.</summary>
public sealed record AccountView(string Name, string DisplayName, bool Account, bool Invited, Instant? Since, int Sessions);

/// <summary>A session as its owner sees it.</summary>
public sealed record SessionView(string Id, string Device, Instant Since, Instant Seen, Instant Until, bool This);

/// <summary>What makes a token over HTTP.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">With commas or spaces.</param>
/// <param name="Expires">A duration such as <c>90d</c>; empty for ever.</param>
public sealed record TokenRequest(string Name, string Scopes, string Expires = "");

/// <summary>An invitation as an answer: the whole address.</summary>
/// <param name="Name">Handle of the person.</param>
/// <param name="Link">What to send to them.</param>
/// <param name="Expires">When it ends.</param>
public sealed record InvitationAnswer(string Name, string Link, Instant Expires);

/// <summary>What lists show, from the state.</summary>
public static class AccessViews
{
    /// <summary>Tokens by name.</summary>
    /// <param name="state">The room's state.</param>
    /// <param name="catalog">Names people.</param>
    /// <param name="used">When a token was last used, by id.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<TokenView> Tokens(AccessState state, CatalogView catalog, Func<string, Instant?> used, Instant now) =>
        [.. state.Tokens.Values.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new TokenView(t.Id, t.Name, t.Scopes, t.Since, t.Expires, t.Expires <= now, used(t.Id), NameOf(t.By, state, catalog)))];

    /// <summary>People by handle.</summary>
    public static IReadOnlyList<AccountView> Accounts(AccessState state, CatalogView catalog, Duration idle, Instant now) =>
        [.. catalog.People.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new AccountView(
            p.Name, p.DisplayName, state.Accounts.ContainsKey(p.Id), state.Invitations.Values.Any(i => i.Person == p.Id && now < i.Expires),
            state.Accounts.GetValueOrDefault(p.Id)?.Since, state.SessionsOf(p.Id, now, idle).Count))];

    /// <summary>One's own sessions.</summary>
    public static IReadOnlyList<SessionView> Sessions(AccessState state, string person, string? current, Duration idle, Instant now) =>
        [.. state.SessionsOf(person, now, idle).Select(s => new SessionView(s.Id, s.Device, s.Since, s.Seen, Instant.Min(s.Until, s.Seen + idle), s.Id == current))];

    /// <summary>An actor in words: a handle, a token's name, or what it is.</summary>
    public static string NameOf(string actor, AccessState state, CatalogView catalog)
    {
        if (new Actor(actor).PersonId is { } person) return catalog.PersonById(person)?.Name ?? "somebody who is gone";
        if (actor.StartsWith("token:", StringComparison.Ordinal)) return state.Tokens.Values.FirstOrDefault(t => t.Id == actor["token:".Length..])?.Name is { } name ? $"token {name}" : "a token that is gone";
        return actor == Actor.Local.Text ? "whoever was at the open server" : actor;
    }
}
