using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>What somebody types to open the first account.</summary>
/// <param name="Name">Handle in the catalog, such as <c>ada</c>.</param>
/// <param name="DisplayName">What people call them.</param>
/// <param name="Email">An address; empty for none.</param>
/// <param name="Password">As typed.</param>
public sealed record NewAccount(string Name, string DisplayName, string Email, string Password);

/// <summary>An invitation, shown once.</summary>
/// <param name="Name">Handle of the person.</param>
/// <param name="Path">Path of the link, with its secret.</param>
/// <param name="Expires">When it ends.</param>
public sealed record InvitationLink(string Name, string Path, Instant Expires);

/// <summary>Opens, invites to and closes accounts.</summary>
public sealed class Accounts(IHouse house, CompiledManifests compiled, ApplyManifests manifests, Passwords passwords, Sessions sessions, IOptions<AccessOptions> options)
{
    private static readonly Actor Setup = Actor.Door("setup");

    /// <summary>
    /// Opens the first account, and signs its owner in. The person is the catalog's of that handle, or a new one. Whoever
    /// calls has checked the set-up token.
    /// </summary>
    /// <param name="asked">What was typed.</param>
    /// <param name="recover">True where accounts may exist already.</param>
    /// <param name="device">Browser and system in words.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<SignedIn>> SetUpAsync(NewAccount asked, bool recover, string device, CancellationToken stop)
    {
        if (Refusal(house.State, recover) is { } closed) return closed;
        var name = asked.Name.Trim().ToLowerInvariant();
        var problems = new List<Problem>();
        if (PasswordRules.Check(asked.Password, NamesOf(name, asked.DisplayName, asked.Email)) is { } weak) problems.Add(weak);
        var known = compiled.Catalog(house.State).Person(name);
        if (known is null) problems.AddRange((await ApplyAsync(asked with { Name = name }, dryRun: true, stop)).Where(p => p.IsError));
        if (problems.Count > 0) return Outcome<SignedIn>.Failed(problems);

        if (known is null && await ApplyAsync(asked with { Name = name }, dryRun: false, stop) is { Count: > 0 } refused && refused.Any(p => p.IsError)) return Outcome<SignedIn>.Failed(refused);
        var person = compiled.Catalog(house.State).Person(name)!.Id;
        var secret = Secrets.New();
        return await passwords.SetAsync<SignedIn>(Setup, person, asked.Password, recover ? "recovery" : "setup", deciding =>
        {
            if (Refusal(deciding.State, recover) is { } late) return late;
            Sessions.CloseAll(deciding, person, "password");
            return sessions.Open(deciding, person, secret, device, null);
        }, stop);
    }

    /// <summary>Invites a person of the catalog to choose a password; the link is shown once, an earlier one counts no more.</summary>
    public async Task<Outcome<InvitationLink>> InviteAsync(Actor actor, string name, CancellationToken stop)
    {
        var secret = Secrets.New();
        return (await house.DecideAsync<InvitationLink>(actor, deciding =>
        {
            var found = Find(deciding.State, name);
            if (!found.Ok) return Outcome<InvitationLink>.Failed(found.Problems);
            var expires = deciding.Now + Duration.FromHours(options.Value.InvitationHours);
            deciding.Write(AccessFold.OfPerson(found.Value.Id), new Invited(found.Value.Id, Secrets.HashOf(secret), expires, deciding.Actor.Text));
            return new InvitationLink(found.Value.Name, "/invitation?token=" + secret, expires);
        }, stop: stop)).Outcome;
    }

    /// <summary>The person whom an invitation means; null where it counts no more.</summary>
    public Person? Invited(string token, Instant now) => house.State.Get<AccessState>().Invitation(Secrets.HashOf(token), now) is { } invitation
        ? compiled.Catalog(house.State).PersonById(invitation.Person)
        : null;

    /// <summary>Takes an invitation: sets the password, ends what was open, and signs in.</summary>
    public async Task<Outcome<SignedIn>> AcceptAsync(string token, string password, string device, Instant now, CancellationToken stop)
    {
        if (Invited(token, now) is not { } person) return Expired;
        if (PasswordRules.Check(password, NamesOf(person.Name, person.DisplayName, person.MailAddress())) is { } weak) return weak;
        var (hash, secret) = (Secrets.HashOf(token), Secrets.New());
        return await passwords.SetAsync<SignedIn>(Actor.Person(person.Id), person.Id, password, "invitation", deciding =>
        {
            if (deciding.State.Get<AccessState>().Invitation(hash, deciding.Now) is null) return Expired;
            Sessions.CloseAll(deciding, person.Id, "password");
            return sessions.Open(deciding, person.Id, secret, device, null);
        }, stop);
    }

    /// <summary>Changes one's own password; all other sessions end.</summary>
    public async Task<Outcome<SignedIn>> ChangePasswordAsync(string person, string old, string password, string device, CancellationToken stop)
    {
        var known = compiled.Catalog(house.State).PersonById(person);
        var secret = Secrets.New();
        return await passwords.ChangeAsync(person, old, password, NamesOf(known?.Name, known?.DisplayName, known?.MailAddress()), deciding =>
        {
            Sessions.CloseAll(deciding, person, "password");
            return sessions.Open(deciding, person, secret, device, null);
        }, stop);
    }

    /// <summary>Ends an account; the last one stays, or nobody could come in.</summary>
    public async Task<Outcome<string>> CloseAsync(Actor actor, string name, CancellationToken stop) => (await house.DecideAsync<string>(actor, deciding =>
    {
        var found = Find(deciding.State, name);
        if (!found.Ok) return Outcome<string>.Failed(found.Problems);
        var all = deciding.State.Get<AccessState>().Accounts;
        if (!all.ContainsKey(found.Value.Id)) return Problem.NotFound($"{found.Value.Name} has no account.", "List accounts with \"nines account list\".");
        if (all.Count == 1) return Problem.Conflict("This is the last account.", "Invite somebody else first: with none, nobody could sign in.");
        deciding.Write(AccessFold.OfPerson(found.Value.Id), new AccountClosed(found.Value.Id, "closed"));
        return found.Value.Name;
    }, stop: stop)).Outcome;

    private static Problem Expired => new(ProblemKind.Denied, "This invitation was used, replaced or has expired.", "Ask for a new one: \"nines account invite NAME\".");

    private static Problem? Refusal(HouseState state, bool recover) => recover || state.Get<AccessState>().Accounts.IsEmpty
        ? null
        : Problem.Conflict("This server is set up already.", "Sign in, or let somebody who can invite you.");

    private Outcome<Person> Find(HouseState state, string name)
    {
        var catalog = compiled.Catalog(state);
        if (catalog.Person(name.Trim().ToLowerInvariant()) is { } person) return person;
        var meant = NearestName.Of(name, catalog.People.Select(p => p.Name));
        return Problem.NotFound($"There is no person \"{name}\" in the catalog.", meant is null ? "Add them first: a Person manifest with their name and contacts." : $"Did you mean \"{meant}\"?", "name");
    }

    private async Task<IReadOnlyList<Problem>> ApplyAsync(NewAccount asked, bool dryRun, CancellationToken stop)
    {
        // JSON strings are YAML strings: nothing that is typed can end one.
        var text = $"apiVersion: nines/v1\nkind: Person\nmetadata:\n  name: {Quoted(asked.Name)}\n  displayName: {Quoted(asked.DisplayName.Trim().Length > 0 ? asked.DisplayName.Trim() : asked.Name)}\nspec:\n"
            + (asked.Email.Trim().Length > 0 ? $"  contacts:\n    email: {Quoted(asked.Email.Trim())}\n" : "  contacts: {}\n");
        var applied = await manifests.ApplyAsync(Setup, text, null, dryRun, stop);
        return [.. applied.Problems.Select(InTheForm)];
    }

    private static Problem InTheForm(Problem problem) => problem with
    {
        Place = null,
        Path = problem.Path switch
        {
            { } p when p.Contains("email", StringComparison.Ordinal) || p.Contains("contacts", StringComparison.Ordinal) => "email",
            { } p when p.Contains("displayName", StringComparison.Ordinal) => "displayName",
            _ => "name",
        },
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static IEnumerable<string> NamesOf(params IReadOnlyList<string?> texts) =>
        texts.OfType<string>().SelectMany(t => t.Split([' ', '@', '.', '-'], StringSplitOptions.RemoveEmptyEntries)).Append("nines").Append("password");
}
