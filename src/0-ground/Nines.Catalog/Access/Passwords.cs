using Nines.Kernel;

namespace Nines.Catalog.Access;

/// <summary>
/// Keeps passwords: a hash goes beside people's keys under a name of its own, and the event that says so names only
/// that name, so that erasing it is enough.
/// </summary>
public sealed class Passwords(IHouse house, IPersonKeys keys, HashBench bench)
{
    /// <summary>What is said where too many passwords are being hashed.</summary>
    public static Problem Busy { get; } = new(ProblemKind.Unavailable, "Too many people sign in at this moment.", "Try again in a few seconds.");

    /// <summary>True where a password is the one; null where too many are waiting.</summary>
    public Task<bool?> FitsAsync(string password, byte[] kept, CancellationToken stop) => bench.RunAsync(() => PasswordHash.Fits(password, kept), stop);

    /// <summary>Hashes and keeps a new password; the name under which it is kept. Nothing counts until an event names it.</summary>
    public async Task<Outcome<string>> KeepAsync(string password, CancellationToken stop)
    {
        ReadOnlyMemory<byte>? hash = await bench.RunAsync<ReadOnlyMemory<byte>>(() => PasswordHash.Of(password, Secrets.NewSalt()), stop);
        if (hash is null) return Busy;
        var name = "password:" + Secrets.New();
        await keys.KeepAsync(name, hash.Value.ToArray(), stop);
        return name;
    }

    /// <summary>Sets the password of a person who proved to know the old one.</summary>
    /// <param name="person">Who.</param>
    /// <param name="old">The old password as typed.</param>
    /// <param name="password">The new one.</param>
    /// <param name="names">What it must not be made of.</param>
    /// <param name="then">What else is written in the same commit.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<T>> ChangeAsync<T>(string person, string old, string password, IEnumerable<string> names, Func<Deciding, T> then, CancellationToken stop)
    {
        var account = house.State.Get<AccessState>().Accounts.GetValueOrDefault(person);
        if (account is null || keys.Find(account.Secret) is not { } kept) return Problem.NotFound("There is no such account.");
        if (PasswordRules.Check(password, names) is { } weak) return weak;
        var fits = await FitsAsync(old, kept, stop);
        if (fits is null) return Busy;
        if (fits is false) return Problem.Invalid("This is not your password.", "Type the one with which you signed in.", "old");
        return await SetAsync(Actor.Person(person), person, password, "changed", deciding => Outcome<T>.Of(then(deciding)), stop);
    }

    /// <summary>Sets a password; whoever calls has checked the right to.</summary>
    internal async Task<Outcome<T>> SetAsync<T>(Actor actor, string person, string password, string how, Func<Deciding, Outcome<T>> then, CancellationToken stop)
    {
        var secret = await KeepAsync(password, stop);
        if (!secret.Ok) return Outcome<T>.Failed(secret.Problems);
        var decided = await house.DecideAsync<T>(actor, deciding =>
        {
            var next = then(deciding);
            if (next.Ok) deciding.Write(AccessFold.OfPerson(person), new PasswordSet(person, secret.Value, how));
            return next;
        }, stop: stop);
        if (!decided.Outcome.Ok) await keys.EraseAsync(secret.Value, stop);
        return decided.Outcome;
    }

    /// <summary>Keeps the same password with a stronger hash.</summary>
    internal async Task UpgradeAsync(Account account, string password, CancellationToken stop) =>
        await SetAsync<bool>(Actor.Duty("access.upgrade"), account.Person, password, "upgraded",
            deciding => deciding.State.Get<AccessState>().Accounts.GetValueOrDefault(account.Person)?.Secret == account.Secret ? true : Problem.Conflict("The password has changed meanwhile."), stop);
}
