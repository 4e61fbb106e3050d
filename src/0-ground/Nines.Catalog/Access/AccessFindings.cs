using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>What is weak about how a house is reached; what <c>nines doctor</c> and the page say.</summary>
public static class AccessFindings
{
    private static readonly Duration Soon = Duration.FromDays(14);

    /// <summary>Everything worth knowing.</summary>
    /// <param name="state">The room's state.</param>
    /// <param name="catalog">Names people.</param>
    /// <param name="open">True where nobody is asked who they are.</param>
    /// <param name="publicAddress">Where links lead to.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Problem> Of(AccessState state, CatalogView catalog, bool open, Uri? publicAddress, Instant now)
    {
        var found = new List<Problem>();
        if (open) found.Add(Problem.Finding("This server is open: whoever reaches it may do everything.", "Start it without --open, and open the link that it prints."));
        if (open && publicAddress is { IsLoopback: false }) found.Add(Problem.Finding($"It is open, and its links lead to {publicAddress.Host}.", "Start it without --open, unless a proxy signs everybody in."));
        if (!open && publicAddress is { IsLoopback: false, Scheme: "http" }) found.Add(Problem.Finding($"Links lead to {publicAddress}, which is not encrypted.", "Serve https, and name that address with --public-url."));
        if (!open && state.Accounts.Count == 1) found.Add(Problem.Finding("Only one person can sign in.", "Invite a second one with \"nines account invite NAME\", before the first loses a password."));
        foreach (var token in state.Tokens.Values.OrderBy(t => t.Name, StringComparer.Ordinal)) found.AddRange(Of(token, catalog, now));
        return found;
    }

    private static IEnumerable<Problem> Of(ApiToken token, CatalogView catalog, Instant now)
    {
        if (token.Expires <= now) yield return Problem.Finding($"Token {token.Name} has expired.", $"Make a new one, or forget it with \"nines token revoke {token.Name}\".");
        else if (token.Expires <= now + Soon) yield return Problem.Finding($"Token {token.Name} expires in less than 14 days.", "Make a new one under another name, then revoke this one.");
        if (token.Expires is null && token.Scopes.Contains("*")) yield return Problem.Finding($"Token {token.Name} may do everything, for ever.", "Make one with the scopes that it needs, then revoke this one.");
        if (new Actor(token.By).PersonId is { } maker && catalog.PersonById(maker) is null) yield return Problem.Finding($"Token {token.Name} was made by somebody who is gone.", "Make a new one, then revoke this one.");
    }
}
