using Nines.Catalog;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>
/// What people do with pages: the one use case behind the command, HTTP, the screen and the link. An answer comes after
/// the commit is durable and after every try of a call that it calls off has let go: from then on nothing rings.
/// </summary>
public sealed class PageDesk
{
    private readonly IHouse _house;
    private readonly PagingDesk _desk;

    internal PageDesk(IHouse house, PagingDesk desk) => (_house, _desk) = (house, desk);

    /// <summary>Takes a page on.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="page">The page.</param>
    /// <param name="by">Handle or id of the person who has it; empty for the actor.</param>
    /// <param name="via">Which way it was said.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<Outcome<string>> AcknowledgeAsync(Actor actor, string page, string by, string via, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Acknowledge(context, page, who, via), stop);

    /// <summary>Gives it back: it rings from the first step.</summary>
    public Task<Outcome<string>> UnacknowledgeAsync(Actor actor, string page, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Unacknowledge(context, page, who), stop);

    /// <summary>Lets it sleep.</summary>
    public Task<Outcome<string>> SnoozeAsync(Actor actor, string page, Duration length, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Snooze(context, page, who, length), stop);

    /// <summary>Gives it to others, by handle.</summary>
    public Task<Outcome<string>> ReassignAsync(Actor actor, string page, IReadOnlyList<string> to, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Reassign(context, page, who, to), stop);

    /// <summary>Calls the next step now.</summary>
    public Task<Outcome<string>> EscalateAsync(Actor actor, string page, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Escalate(context, page, who), stop);

    /// <summary>Makes it part of another page.</summary>
    public Task<Outcome<string>> MergeAsync(Actor actor, string page, string into, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Merge(context, page, into, who), stop);

    /// <summary>Says that it is over.</summary>
    public Task<Outcome<string>> ResolveAsync(Actor actor, string page, string by, CancellationToken stop) =>
        DoAsync(actor, page, by, (context, who) => PageAnswers.Resolve(context, page, who), stop);

    private async Task<Outcome<string>> DoAsync(Actor actor, string page, string by, Func<PageContext, string, Outcome<PageEvents>> rule, CancellationToken stop)
    {
        var decided = await _house.DecideAsync(actor, deciding =>
        {
            var context = _desk.Context(deciding);
            var who = ActingPerson.Of(actor, by, context.World.Catalog);
            if (!who.Ok) return who;
            var events = rule(context, who.Value);
            if (!events.Ok) return Outcome<string>.Failed(events.Problems);
            events.Value.WriteTo(deciding);
            return context.Pages.OfThread(page)!.Id;
        }, stop: stop);
        return decided.Outcome;
    }
}

/// <summary>Writes what a rule decided into a decision.</summary>
public static class PageEventsOfDeciding
{
    public static void WriteTo(this PageEvents events, Deciding deciding)
    {
        foreach (var (stream, happened) in events) deciding.Write(stream, happened);
    }
}
