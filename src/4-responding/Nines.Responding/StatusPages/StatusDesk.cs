using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Responding.StatusPages;

/// <summary>What people publish: the one use case behind the command, HTTP and the page. Each answers the id of what was published, after the commit is durable.</summary>
public sealed class StatusDesk(IHouse house, CompiledManifests manifests)
{
    /// <summary>Publishes that something is wrong.</summary>
    public Task<Outcome<string>> PublishAsync(Actor actor, string page, PostRequest asked, string by, CancellationToken stop) => DoAsync(actor, by, (deciding, context, who) =>
    {
        var done = PostRules.Publish(context, page, asked, who);
        if (!done.Ok) return Outcome<string>.Failed(done.Problems);
        deciding.Write(NoticeRule.StreamOf(page), done.Value);
        Tell(deciding, done.Value.Incident, $"{{0}} told the public on {page}: {done.Value.Title} ({StatusWords.Wire(done.Value.Status)}). {done.Value.Body}", who, page);
        return done.Value.Id;
    }, stop);

    /// <summary>Publishes how it goes on.</summary>
    public Task<Outcome<string>> UpdateAsync(Actor actor, string page, string post, PostRequest asked, string by, CancellationToken stop) => DoAsync(actor, by, (deciding, context, who) =>
    {
        var done = PostRules.Update(context, page, post, asked, who);
        if (!done.Ok) return Outcome<string>.Failed(done.Problems);
        deciding.Write(NoticeRule.StreamOf(page), done.Value);
        Tell(deciding, context.Book.Of(page).Post(post)!.Incident, $"{{0}} told the public on {page}, {StatusWords.Wire(done.Value.Status)}: {done.Value.Body}", who, page);
        return post;
    }, stop);

    /// <summary>Announces work.</summary>
    public Task<Outcome<string>> ScheduleAsync(Actor actor, string page, WorkRequest asked, string by, CancellationToken stop) => DoAsync(actor, by, (deciding, context, who) =>
    {
        var done = WorkRules.Schedule(context, page, asked, who);
        if (!done.Ok) return Outcome<string>.Failed(done.Problems);
        deciding.Write(NoticeRule.StreamOf(page), done.Value);
        return done.Value.Id;
    }, stop);

    /// <summary>Announces it otherwise.</summary>
    public Task<Outcome<string>> ChangeAsync(Actor actor, string page, string work, WorkRequest asked, string by, CancellationToken stop) =>
        WorkAsync(actor, page, work, by, (context, who) => WorkRules.Change(context, page, work, asked, who).Map<object>(e => e), stop);

    /// <summary>Says that it is done before its time.</summary>
    public Task<Outcome<string>> EndAsync(Actor actor, string page, string work, string by, CancellationToken stop) =>
        WorkAsync(actor, page, work, by, (context, who) => WorkRules.End(context, page, work, who).Map<object>(e => e), stop);

    /// <summary>Calls it off.</summary>
    public Task<Outcome<string>> CancelAsync(Actor actor, string page, string work, string reason, string by, CancellationToken stop) =>
        WorkAsync(actor, page, work, by, (context, who) => WorkRules.Cancel(context, page, work, reason, who).Map<object>(e => e), stop);

    private Task<Outcome<string>> WorkAsync(Actor actor, string page, string work, string by, Func<StatusContext, string, Outcome<object>> rule, CancellationToken stop) => DoAsync(actor, by, (deciding, context, who) =>
    {
        var done = rule(context, who);
        if (!done.Ok) return Outcome<string>.Failed(done.Problems);
        deciding.Write(NoticeRule.StreamOf(page), done.Value);
        return work;
    }, stop);

    private async Task<Outcome<string>> DoAsync(Actor actor, string by, Func<Deciding, StatusContext, string, Outcome<string>> act, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var catalog = manifests.For(deciding.State);
            var context = new StatusContext
            {
                Book = deciding.State.Get<StatusBook>(),
                Catalog = catalog,
                Incidents = deciding.State.Get<IncidentBook>(),
                Now = deciding.Now,
                NewId = deciding.NewId,
            };
            var who = ActingPerson.Of(actor, by, catalog);
            return who.Ok ? act(deciding, context, who.Value) : who;
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>What the public was told stands in the incident's own timeline.</summary>
    private static void Tell(Deciding deciding, string incident, string text, string by, string page)
    {
        if (incident.Length == 0 || deciding.State.Get<IncidentBook>().Find(incident) is null) return;
        deciding.Write(IncidentDesk.StreamOf(incident), new IncidentTold(incident, TimelineKind.Update, text, by, "statuspage/" + page));
    }
}
