using Nines.Catalog;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>
/// Who may know of a case: the policy's people, teams and tokens, and those let in by name, without those let out. Right to a room is
/// not enough. Whoever sits at an open house is in every circle: nobody there says who they are. Pure.
/// </summary>
public static class Circle
{
    /// <summary>How the room names whoever asks: the person's opaque id, or the actor.</summary>
    public static string Who(Actor actor) => actor.PersonId ?? actor.Text;

    /// <summary>True where an actor may know of a case.</summary>
    public static bool Holds(SecurityCase one, Actor actor, SecurityPolicy policy, ManifestSet catalog, AccessState access)
    {
        if (actor == Actor.Local) return true;
        var who = Who(actor);
        return !one.Outside.Contains(who) && (one.Inside.Contains(who) || Names(policy.Circle, actor, catalog, access));
    }

    /// <summary>True where a policy's list names an actor.</summary>
    public static bool Names(CircleSpec spec, Actor actor, ManifestSet catalog, AccessState access) => actor.PersonId is { } person
        ? People(spec, catalog).Contains(person)
        : actor.Text is { } text && spec.Tokens.Length > 0 && access.Tokens.Values.Any(t => Actor.Token(t.Id).Text == text && spec.Tokens.Contains(t.Name));

    /// <summary>Opaque ids of the people whom a list names.</summary>
    public static IReadOnlyCollection<string> People(CircleSpec spec, ManifestSet catalog)
    {
        var view = CatalogView.Of(catalog);
        return [.. spec.People.Concat(view.Teams.Where(t => spec.Teams.Contains(t.Name)).SelectMany(t => t.Lead is { } lead ? t.Members.Append(lead) : t.Members))
            .Select(view.Person).OfType<Person>().Select(p => p.Id).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Opaque ids of everybody who may read a case.</summary>
    public static IReadOnlyList<string> Of(SecurityCase one, SecurityPolicy policy, ManifestSet catalog) =>
        [.. People(policy.Circle, catalog).Concat(one.Inside).Except(one.Outside).Distinct(StringComparer.Ordinal)];
}
