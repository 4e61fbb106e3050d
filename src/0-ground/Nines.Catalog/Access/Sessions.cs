using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>What a browser gets once.</summary>
/// <param name="Person">Who signed in.</param>
/// <param name="Secret">What its cookie carries.</param>
/// <param name="Until">When it ends, used or not.</param>
public sealed record SignedIn(string Person, string Secret, Instant Until);

/// <summary>Opens and closes sessions.</summary>
public sealed class Sessions(IHouse house, IOptions<AccessOptions> options)
{
    private const int MostOfOnePerson = 30;

    /// <summary>After which time without a note a session is noted to be in use: an eighth of what would end it, an hour at most.</summary>
    public Duration NoteAfter => Duration.Min(Duration.FromHours(1), options.Value.Idle / 8);

    /// <summary>Writes a new session into a decision; one that the same browser had before ends.</summary>
    internal SignedIn Open(Deciding deciding, string person, string secret, string device, string? replaces)
    {
        var state = deciding.State.Get<AccessState>();
        if (replaces is not null && state.Sessions.TryGetValue(replaces, out var old)) Close(deciding, old, "replaced");
        foreach (var one in state.SessionsOf(person, deciding.Now, options.Value.Idle).Skip(MostOfOnePerson - 1)) Close(deciding, one, "too-many");
        var until = deciding.Now + options.Value.Whole;
        deciding.Write(AccessFold.OfPerson(person), new SessionOpened(deciding.NewId(), person, Secrets.HashOf(secret), device, until));
        return new(person, secret, until);
    }

    /// <summary>Notes that a session is in use.</summary>
    public Task NoteAsync(Session session) => house.DecideAsync<bool>(Actor.Person(session.Person), deciding =>
    {
        if (deciding.State.Get<AccessState>().Sessions.TryGetValue(session.Hash, out var now) && deciding.Now - now.Seen >= NoteAfter)
            deciding.Write(AccessFold.OfPerson(session.Person), new SessionSeen(session.Hash));
        return true;
    });

    /// <summary>Ends one session.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="person">Whose it must be.</param>
    /// <param name="id">Which one.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Outcome<int>> CloseAsync(Actor actor, string person, string id, CancellationToken stop) =>
        await CloseAsync(actor, person, s => s.Id == id, "signed-out", stop);

    /// <summary>Ends all sessions of a person, but for one if that is given.</summary>
    public async Task<Outcome<int>> CloseAllAsync(Actor actor, string person, string? but, CancellationToken stop) =>
        await CloseAsync(actor, person, s => s.Id != but, "everywhere", stop);

    internal static void CloseAll(Deciding deciding, string person, string reason)
    {
        foreach (var one in deciding.State.Get<AccessState>().Sessions.Values.Where(s => s.Person == person)) Close(deciding, one, reason);
    }

    private async Task<Outcome<int>> CloseAsync(Actor actor, string person, Func<Session, bool> which, string reason, CancellationToken stop) => (await house.DecideAsync<int>(actor, deciding =>
    {
        var closing = deciding.State.Get<AccessState>().Sessions.Values.Where(s => s.Person == person && which(s)).ToArray();
        foreach (var one in closing) Close(deciding, one, reason);
        return closing.Length;
    }, stop: stop)).Outcome;

    private static void Close(Deciding deciding, Session session, string reason) =>
        deciding.Write(AccessFold.OfPerson(session.Person), new SessionClosed(session.Hash, reason));
}
