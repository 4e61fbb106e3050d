using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>
/// Lets somebody in by password. Whether the account exists shows neither in the answer nor in the work done: a hash of
/// the same cost is compared in each case.
/// </summary>
public sealed class SignIn(IHouse house, IPersonKeys keys, CompiledManifests compiled, Sessions sessions, Passwords passwords, SignInThrottle throttle)
{
    /// <summary>The status of an answer to too many tries.</summary>
    public const string TooMany = "throttle";

    private const int LongestName = 254;

    /// <summary>Tries a name and a password.</summary>
    /// <param name="name">Handle or e-mail address, as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="from">The network address.</param>
    /// <param name="device">Browser and system in words.</param>
    /// <param name="replaces">Hash of the session that this browser had before.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<SignedIn>> TryAsync(string name, string password, string from, string device, string? replaces, Instant now, CancellationToken stop)
    {
        var typed = name.Trim().ToLowerInvariant();
        if (typed.Length > LongestName) typed = typed[..LongestName];
        var wait = throttle.Begin(typed, from, now);
        if (wait > Duration.Zero) return new Problem(ProblemKind.Unavailable, "There were too many tries.", $"Wait {Words(wait)}, then try again.", TooMany);

        var account = AccountOf(house.State, typed);
        var kept = account is null ? null : keys.Find(account.Secret);
        var fits = await passwords.FitsAsync(password, kept ?? PasswordHash.OfNobody, stop);
        if (fits is null) return Passwords.Busy;
        if (fits is false || account is null || kept is null) return new Problem(ProblemKind.Denied, "Name and password do not belong together.", "Try again; somebody who is signed in can invite you anew.");
        throttle.Passed(typed, from);
        if (PasswordHash.IsOld(kept)) await passwords.UpgradeAsync(account, password, stop);
        var secret = Secrets.New();
        return (await house.DecideAsync<SignedIn>(Actor.Person(account.Person), deciding => sessions.Open(deciding, account.Person, secret, device, replaces), stop: stop)).Outcome;
    }

    private Account? AccountOf(HouseState state, string typed)
    {
        var catalog = compiled.Catalog(state);
        var person = catalog.Person(typed) ?? catalog.People.FirstOrDefault(p => string.Equals(p.MailAddress(), typed, StringComparison.OrdinalIgnoreCase));
        return person is null ? null : state.Get<AccessState>().Accounts.GetValueOrDefault(person.Id);
    }

    private static string Words(Duration wait) => wait < Duration.FromMinutes(2) ? $"{Math.Ceiling(wait.TotalSeconds):0} s" : $"{Math.Ceiling(wait.TotalMinutes):0} min";
}
