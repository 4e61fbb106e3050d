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
        return by.Length == 0 ? actor.Text : Named(catalog, by, "by");
    }

    /// <summary>The opaque id of the person of that handle or opaque id, or why there is none.</summary>
    /// <param name="catalog">Everybody.</param>
    /// <param name="name">Handle or opaque id.</param>
    /// <param name="path">Where the name was written.</param>
    public static Outcome<string> Named(ManifestSet catalog, string name, string path) =>
        (catalog.Find<Person>(name) ?? CatalogView.Of(catalog).PersonById(name)) is { } person
            ? person.Id
            : Problem.Invalid($"There is no person \"{name}\" in the catalog.", $"{catalog.DidYouMean<Person>(name)}List them with \"nines get Person\".", path);
}
