using System.Collections.Immutable;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>Somebody who can sign in.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Secret">Where the hash of the password is kept.</param>
/// <param name="Since">When the account was opened.</param>
/// <param name="PasswordSince">When this password was chosen.</param>
public sealed record Account(string Person, string Secret, Instant Since, Instant PasswordSince);

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Hash">Of its cookie.</param>
/// <param name="Device">Browser and system in words.</param>
/// <param name="Since">When it began.</param>
/// <param name="Seen">When it was last noted to be in use.</param>
/// <param name="Until">When it ends, used or not.</param>
public sealed record Session(string Id, string Person, string Hash, string Device, Instant Since, Instant Seen, Instant Until);

/// <summary>A program that may call.</summary>
/// <param name="Id">Its name for people.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Hash">Of its text.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Since">When it was made.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="By">Who made it.</param>
public sealed record ApiToken(string Id, string Name, string Hash, ImmutableArray<string> Scopes, Instant Since, Instant? Expires, string By);

/// <summary>A link by which somebody may choose a password.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Hash">Of the link's secret.</param>
/// <param name="Expires">When it ends.</param>
public sealed record Invitation(string Person, string Hash, Instant Expires);

/// <summary>Who may come in: accounts by person; sessions, tokens and invitations by the hash of what opens them.</summary>
/// <param name="Accounts">By the person's opaque id.</param>
/// <param name="Sessions">By hash.</param>
/// <param name="Tokens">By hash.</param>
/// <param name="Invitations">By hash.</param>
/// <param name="Spent">Names of kept hashes that count no more and are yet to be erased.</param>
public sealed record AccessState(
    ImmutableDictionary<string, Account> Accounts,
    ImmutableDictionary<string, Session> Sessions,
    ImmutableDictionary<string, ApiToken> Tokens,
    ImmutableDictionary<string, Invitation> Invitations,
    ImmutableSortedSet<string> Spent)
{
    /// <summary>Nobody yet.</summary>
    public static AccessState Nobody { get; } = new(
        ImmutableDictionary<string, Account>.Empty, ImmutableDictionary<string, Session>.Empty, ImmutableDictionary<string, ApiToken>.Empty,
        ImmutableDictionary<string, Invitation>.Empty, []);

    /// <summary>Sessions of one person that count now, newest use first.</summary>
    public IReadOnlyList<Session> SessionsOf(string person, Instant now, Duration idle) =>
        [.. Sessions.Values.Where(s => s.Person == person && Counts(s, now, idle)).OrderByDescending(s => s.Seen).ThenBy(s => s.Id, StringComparer.Ordinal)];

    /// <summary>The session of that hash, while it counts.</summary>
    public Session? Session(string hash, Instant now, Duration idle) => Sessions.GetValueOrDefault(hash) is { } found && Counts(found, now, idle) ? found : null;

    /// <summary>The token of that hash, while it counts.</summary>
    public ApiToken? Token(string hash, Instant now) => Tokens.GetValueOrDefault(hash) is { } found && (found.Expires is not { } end || now < end) ? found : null;

    /// <summary>The invitation of that hash, while it counts.</summary>
    public Invitation? Invitation(string hash, Instant now) => Invitations.GetValueOrDefault(hash) is { } found && now < found.Expires ? found : null;

    private static bool Counts(Session session, Instant now, Duration idle) => now < session.Until && now - session.Seen < idle;
}
