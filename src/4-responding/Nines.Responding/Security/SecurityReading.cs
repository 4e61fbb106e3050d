using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Cases as doors show them, to those who may know of them. Nothing here is told without the actor who asks.</summary>
public sealed class SecurityReading(IHouse house, CompiledManifests manifests, SecurityDesk desk)
{
    /// <summary>The cases that an actor may read: open ones first, the next deadline on top.</summary>
    public IReadOnlyList<SecurityRow> All(Actor actor, Instant now)
    {
        var context = desk.ContextOf(house.State, actor, now, () => "");
        return
        [
            .. context.Book.All.Values.Where(c => Circle.Holds(c, actor, context.Policy, context.Catalog, context.Access))
                .OrderBy(c => c.Open ? 0 : 1).Select(c => (Case: c, Row: SecurityView.RowOf(c, context.Policy, CatalogView.Of(context.Catalog), context.Access, now)))
                .OrderBy(r => r.Case.Open ? 0 : 1).ThenBy(r => r.Row.NextDue ?? Instant.MaxValue).ThenByDescending(r => r.Case.Number).Select(r => r.Row),
        ];
    }

    /// <summary>A case, as somebody of its circle reads it: that they do is written down before they are answered.</summary>
    public async Task<Outcome<SecurityView>> ReadAsync(Actor actor, string name, Instant now, CancellationToken stop)
    {
        var read = await desk.ReadAsync(actor, name, now, stop);
        return read.Ok ? View(actor, read.Value, now) : Outcome<SecurityView>.Failed(read.Problems);
    }

    /// <summary>A case after a deed of somebody who may know of it; after letting oneself out, nothing.</summary>
    public Outcome<SecurityView> View(Actor actor, string id, Instant now)
    {
        var context = desk.ContextOf(house.State, actor, now, () => "");
        var one = context.One(id);
        return one.Ok ? SecurityView.Of(one.Value, context.Policy, context.Catalog, context.Access, now) : Outcome<SecurityView>.Failed(one.Problems);
    }

    /// <summary>The draft of a notification.</summary>
    public async Task<Outcome<NotificationDraft>> DraftAsync(Actor actor, string name, string duty, Instant now, CancellationToken stop)
    {
        var read = await desk.ReadAsync(actor, name, now, stop);
        if (!read.Ok) return Outcome<NotificationDraft>.Failed(read.Problems);
        var context = desk.ContextOf(house.State, actor, now, () => "");
        var (one, found) = (context.Book.All[read.Value], context.Policy.Duties.FirstOrDefault(d => d.Key == duty));
        return found is null
            ? Problem.NotFound($"There is no duty \"{duty}\" here.", $"Write one of {string.Join(", ", context.Policy.Duties.Select(d => d.Key))}.", "duty")
            : NotificationDraft.Of(one, found, context.Policy, now);
    }

    /// <summary>How this house deals with security incidents.</summary>
    public SecurityPolicy Policy => SecurityPolicies.Of(manifests.For(house.State));

    /// <summary>The signals that count.</summary>
    public IReadOnlyList<SecuritySignal> Signals => SecurityPolicies.Signals(manifests.For(house.State));

    /// <summary>Handles of everybody in the catalog, and names of services, for forms.</summary>
    public (IReadOnlyList<string> People, IReadOnlyList<string> Services) Choices => CatalogView.Of(manifests.For(house.State)) is var view
        ? ([.. view.People.Select(p => p.Name).Order(StringComparer.Ordinal)], [.. view.Services.Select(s => s.Service.Name)])
        : ([], []);
}
