using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>A new token: its text is shown this once.</summary>
/// <param name="Id">Its name for lists.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Token">What the program sends.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Expires">When it ends; null for never.</param>
public sealed record NewToken(string Id, string Name, string Token, IReadOnlyList<string> Scopes, Instant? Expires);

/// <summary>Makes and revokes API tokens.</summary>
public sealed class Tokens(IHouse house)
{
    private const int Most = 500;
    private const int LongestName = 60;
    private static readonly Duration Longest = Duration.FromDays(3660);

    /// <summary>Makes one; nobody hands out more than they may themselves.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="own">What they may do.</param>
    /// <param name="name">What it is for: lower-case letters, digits, hyphens.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="life">How long it counts; null for ever.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<NewToken>> MakeAsync(Actor actor, Scopes own, string name, Scopes scopes, Duration? life, CancellationToken stop)
    {
        var secret = Secrets.TokenForm + Secrets.New();
        var wrong = Mistakes(own, name, scopes, life).ToArray();
        if (wrong.Length > 0) return Outcome<NewToken>.Failed(wrong);
        return (await house.DecideAsync<NewToken>(actor, deciding =>
        {
            var all = deciding.State.Get<AccessState>().Tokens;
            if (all.Values.Any(t => t.Name == name && !(t.Expires <= deciding.Now))) return Problem.Conflict($"There is a token \"{name}\" already.", "Choose another name, or revoke that one first.", "name");
            if (all.Count >= Most) return Problem.Conflict($"There are {Most} tokens.", "Revoke those that nobody uses.");
            var id = deciding.NewId();
            var expires = deciding.Now + life;
            deciding.Write(AccessFold.OfTokens, new TokenMade(id, name, Secrets.HashOf(secret), scopes.All, expires, deciding.Actor.Text));
            return new NewToken(id, name, secret, scopes.All, expires);
        }, stop: stop)).Outcome;
    }

    /// <summary>Revokes one, by id or name; it counts no more once this is answered.</summary>
    public async Task<Outcome<string>> RevokeAsync(Actor actor, string which, CancellationToken stop) => (await house.DecideAsync<string>(actor, deciding =>
    {
        var found = deciding.State.Get<AccessState>().Tokens.Values.Where(t => t.Id == which || t.Name == which).ToArray();
        if (found.Length == 0) return Problem.NotFound($"There is no token \"{which}\".", "List them with \"nines token list\".");
        foreach (var token in found) deciding.Write(AccessFold.OfTokens, new TokenRevoked(token.Id));
        return found[0].Name;
    }, stop: stop)).Outcome;

    private static IEnumerable<Problem> Mistakes(Scopes own, string name, Scopes scopes, Duration? life)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            yield return Problem.Invalid($"\"{(name.Length > LongestName ? name[..LongestName] + "…" : name)}\" cannot name a token.", $"Write what it is for, such as prometheus: lower-case letters, digits and hyphens, at most {LongestName}.", "name");
        if (!own.Cover(scopes)) yield return new(ProblemKind.Denied, $"{scopes} is more than you may do yourself ({own}).", "Ask somebody who may.", "scopes");
        if (life is { } length && (length < Duration.FromMinutes(1) || length > Longest)) yield return Problem.Invalid($"A token counts from 1m to {FieldDuration.Format(Longest)}.", "Write such as 90d, or leave it out for ever.", "expires");
    }
}
