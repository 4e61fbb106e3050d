using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Responding.Incidents;

namespace Nines.Learning.Postmortems;

/// <summary>
/// What people do with postmortems: the one use case behind the command, HTTP and the page. Each answers the
/// postmortem's id after the commit is durable.
/// </summary>
public sealed class PostmortemDesk(IHouse house, CompiledManifests manifests, ObjectiveQueries objectives, ReviewRequests requests)
{
    /// <summary>The journal's stream of a postmortem.</summary>
    public static StreamName StreamOf(string id) => new("postmortem", id);

    /// <summary>Opens one for an incident; the same again where there is one.</summary>
    public async Task<Outcome<string>> OpenAsync(Actor actor, string incident, string by, CancellationToken stop) => (await house.DecideAsync(actor, deciding =>
    {
        var context = ContextOf(deciding);
        var who = ActingPerson.Of(actor, by, context.Catalog);
        if (!who.Ok) return who;
        var events = PostmortemRules.Open(context, incident, who.Value);
        if (!events.Ok) return Outcome<string>.Failed(events.Problems);
        var id = context.Incidents.Find(incident)!.Id;
        foreach (var happened in events.Value) deciding.Write(StreamOf(id), happened);
        return id;
    }, stop: stop)).Outcome;

    /// <summary>Writes a section.</summary>
    public Task<Outcome<string>> WriteAsync(Actor actor, string name, SectionEdit edit, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => PostmortemRules.Write(context, name, edit, who), stop);

    /// <summary>Writes several sections of one form, all or none.</summary>
    public Task<Outcome<string>> WriteAllAsync(Actor actor, string name, IReadOnlyList<SectionEdit> edits, CancellationToken stop) => DoAsync(actor, name, "", (context, who) =>
    {
        var outcomes = edits.Select(e => (Edit: e, Outcome: PostmortemRules.Write(context, name, e, who))).ToArray();
        Problem[] wrong = [.. outcomes.Where(o => !o.Outcome.Ok).SelectMany(o => o.Outcome.Problems.Select(p => p.Path == "text" ? p with { Path = o.Edit.Section } : p))];
        return wrong.Length > 0 ? Outcome<IReadOnlyList<object>>.Failed(wrong) : Outcome<IReadOnlyList<object>>.Of([.. outcomes.SelectMany(o => o.Outcome.Value)]);
    }, stop);

    /// <summary>Asks people to review it; each is told over a contact of theirs.</summary>
    public Task<Outcome<string>> ReviewAsync(Actor actor, string name, IReadOnlyList<string> reviewers, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => PostmortemRules.Review(context, name, reviewers, who), stop, requests.Tell);

    /// <summary>Approves it; an empty name for whoever asks.</summary>
    public Task<Outcome<string>> ApproveAsync(Actor actor, string name, string person, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => PostmortemRules.Approve(context, name, person.Length > 0 ? person : who, who), stop);

    /// <summary>Finishes it.</summary>
    public Task<Outcome<string>> FinishAsync(Actor actor, string name, string despite, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => PostmortemRules.Finish(context, name, despite, who), stop);

    /// <summary>Makes it a draft again.</summary>
    public Task<Outcome<string>> ReturnAsync(Actor actor, string name, string reason, string by, CancellationToken stop) =>
        DoAsync(actor, name, by, (context, who) => PostmortemRules.Return(context, name, reason, who), stop);

    private async Task<Outcome<string>> DoAsync(
        Actor actor, string name, string by, Func<PostmortemContext, string, Outcome<IReadOnlyList<object>>> rule, CancellationToken stop, Action<Deciding, Postmortem, object>? also = null)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            var context = ContextOf(deciding);
            var who = ActingPerson.Of(actor, by, context.Catalog);
            if (!who.Ok) return who;
            var events = rule(context, who.Value);
            if (!events.Ok) return Outcome<string>.Failed(events.Problems);
            var postmortem = context.Postmortems.Find(name)!;
            foreach (var happened in events.Value)
            {
                deciding.Write(StreamOf(postmortem.Id), happened);
                also?.Invoke(deciding, postmortem, happened);
            }

            return postmortem.Id;
        }, stop: stop);
        return decided.Outcome;
    }

    private PostmortemContext ContextOf(Deciding deciding)
    {
        var set = manifests.For(deciding.State);
        return new()
        {
            Postmortems = deciding.State.Get<PostmortemBook>(),
            Incidents = deciding.State.Get<IncidentBook>(),
            Catalog = set,
            Policy = PostmortemPolicies.Of(set),
            ServiceOf = name => objectives.Definition(name)?.Service,
            Now = deciding.Now,
            NewId = deciding.NewId,
        };
    }
}
