using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>Folds accounts, sessions, tokens and invitations; what ended by itself is dropped when something of its kind is added.</summary>
public sealed class AccessFold : Fold<AccessState>
{
    /// <summary>The journal's stream of one person's access.</summary>
    public static StreamName OfPerson(string person) => new("access", person);

    /// <summary>The journal's stream of tokens.</summary>
    public static StreamName OfTokens { get; } = new("access", "tokens");

    /// <inheritdoc />
    public override string Room => "access";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override AccessState Empty => AccessState.Nobody;

    /// <inheritdoc />
    public override AccessState Apply(AccessState state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            PasswordSet e => Password(state, e, at),
            AccountClosed e => Closed(state, e.Person),
            SecretsErased e => state with { Spent = state.Spent.Except(e.Secrets) },
            SessionOpened e => state with { Sessions = Living(state.Sessions, s => s.Until, at).SetItem(e.Hash, new(e.Id, e.Person, e.Hash, e.Device, at, at, e.Until)) },
            SessionSeen e => state.Sessions.TryGetValue(e.Hash, out var s) ? state with { Sessions = state.Sessions.SetItem(e.Hash, s with { Seen = at }) } : state,
            SessionClosed e => state with { Sessions = state.Sessions.Remove(e.Hash) },
            TokenMade e => state with { Tokens = Living(state.Tokens, t => t.Expires is { } end ? end + Duration.FromDays(30) : null, at).SetItem(e.Hash, new(e.Id, e.Name, e.Hash, [.. e.Scopes], at, e.Expires, e.By)) },
            TokenRevoked e => state with { Tokens = state.Tokens.RemoveRange(state.Tokens.Where(t => t.Value.Id == e.Id).Select(t => t.Key)) },
            Invited e => state with { Invitations = Living(WithoutInvitations(state, e.Person), i => i.Expires, at).SetItem(e.Hash, new(e.Person, e.Hash, e.Expires)) },
            _ => state,
        };
    }

    // A password that was chosen uses up the invitation to choose it.
    private static AccessState Password(AccessState state, PasswordSet e, Instant at)
    {
        var before = state.Accounts.GetValueOrDefault(e.Person);
        var chosen = e.How == "upgraded" && before is not null ? before.PasswordSince : at;
        return state with
        {
            Accounts = state.Accounts.SetItem(e.Person, new(e.Person, e.Secret, before?.Since ?? at, chosen)),
            Spent = before is null ? state.Spent : state.Spent.Add(before.Secret),
            Invitations = e.How == "upgraded" ? state.Invitations : WithoutInvitations(state, e.Person),
        };
    }

    private static AccessState Closed(AccessState state, string person) => state with
    {
        Accounts = state.Accounts.Remove(person),
        Spent = state.Accounts.TryGetValue(person, out var account) ? state.Spent.Add(account.Secret) : state.Spent,
        Sessions = state.Sessions.RemoveRange(state.Sessions.Where(s => s.Value.Person == person).Select(s => s.Key)),
        Invitations = WithoutInvitations(state, person),
    };

    private static ImmutableDictionary<string, Invitation> WithoutInvitations(AccessState state, string person) =>
        state.Invitations.RemoveRange(state.Invitations.Where(i => i.Value.Person == person).Select(i => i.Key));

    private static ImmutableDictionary<string, T> Living<T>(ImmutableDictionary<string, T> all, Func<T, Instant?> end, Instant at) =>
        all.RemoveRange(all.Where(p => end(p.Value) <= at).Select(p => p.Key));
}
