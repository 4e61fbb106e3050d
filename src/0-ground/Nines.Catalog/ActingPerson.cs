using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Catalog;

/// <summary>For whom something is done.</summary>
public static class ActingPerson
{
    /// <summary>
    /// Whoever signed in acts as themselves; whoever sits at an open house, or a program, may say for whom: by handle or
    /// opaque id. Without a name the actor itself.
    /// </summary>
    public static Outcome<string> Of(Actor actor, string by, ManifestSet catalog)
    {
        if (actor.PersonId is { } signedIn) return signedIn;
        if (by.Length == 0) return actor.Text;
        return (catalog.Find<Person>(by) ?? CatalogView.Of(catalog).PersonById(by)) is { } person
            ? person.Id
            : Problem.Invalid($"There is no person \"{by}\" in the catalog.", $"{catalog.DidYouMean<Person>(by)}List them with \"nines get Person\".", "by");
    }
}
