using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>A person has a password from now on; the first one opens their account.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Secret">Under which name its hash is kept, outside the journal; each password has one of its own.</param>
/// <param name="How"><c>setup</c>, <c>invitation</c>, <c>recovery</c>, <c>changed</c> or <c>upgraded</c> (same password, stronger hash).</param>
[EventType("access.password-set.v1")]
public sealed record PasswordSet(string Person, string Secret, string How);

/// <summary>An account ended: with its password, its sessions and its invitations.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Reason"><c>closed</c> or <c>erased</c>.</param>
[EventType("access.account-closed.v1")]
public sealed record AccountClosed(string Person, string Reason);

/// <summary>Hashes of passwords that count no more were erased.</summary>
/// <param name="Secrets">Their names.</param>
[EventType("access.secrets-erased.v1")]
public sealed record SecretsErased(IReadOnlyList<string> Secrets);

/// <summary>A browser is signed in.</summary>
/// <param name="Id">Names the session; it opens nothing.</param>
/// <param name="Person">Opaque id.</param>
/// <param name="Hash">SHA-256 of the 256 random bits in the cookie, as hex.</param>
/// <param name="Device">Browser and system, from a short list of words.</param>
/// <param name="Until">When it ends, used or not.</param>
[EventType("access.session-opened.v1")]
public sealed record SessionOpened(string Id, string Person, string Hash, string Device, Instant Until);

/// <summary>A session is in use still; written once in a while, not at each request.</summary>
/// <param name="Hash">Which one.</param>
[EventType("access.session-seen.v1")]
public sealed record SessionSeen(string Hash);

/// <summary>A session ended before its time.</summary>
/// <param name="Hash">Which one.</param>
/// <param name="Reason"><c>signed-out</c>, <c>everywhere</c>, <c>password</c>, <c>replaced</c> or <c>too-many</c>.</param>
[EventType("access.session-closed.v1")]
public sealed record SessionClosed(string Hash, string Reason);

/// <summary>A program may call.</summary>
/// <param name="Id">Names the token; it opens nothing.</param>
/// <param name="Name">What it is for, such as <c>prometheus</c>.</param>
/// <param name="Hash">SHA-256 of its 256 random bits, as hex.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="By">Who made it.</param>
[EventType("access.token-made.v1")]
public sealed record TokenMade(string Id, string Name, string Hash, IReadOnlyList<string> Scopes, Instant? Expires, string By);

/// <summary>A token counts no more.</summary>
/// <param name="Id">Which one.</param>
[EventType("access.token-revoked.v1")]
public sealed record TokenRevoked(string Id);

/// <summary>Somebody was invited to choose a password, for the first time or anew.</summary>
/// <param name="Person">Opaque id.</param>
/// <param name="Hash">SHA-256 of the 256 random bits in the link, as hex.</param>
/// <param name="Expires">When the link ends.</param>
/// <param name="By">Who invited.</param>
[EventType("access.invited.v1")]
public sealed record Invited(string Person, string Hash, Instant Expires, string By);
