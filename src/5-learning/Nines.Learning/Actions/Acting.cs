using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Learning.Actions;

/// <summary>Who acts, and who is meant. Pure.</summary>
public static class Acting
{
    /// <summary>Whoever signed in acts as themselves; whoever sits at an open house, or a program, may say for whom.</summary>
    public static Outcome<string> Who(Actor actor, string by, ManifestSet catalog)
    {
        if (actor.PersonId is { } signedIn) return signedIn;
        return by.Length == 0 ? actor.Text : PersonOf(catalog, by, "by");
    }

    /// <summary>The person of that handle or opaque id, or why there is none.</summary>
    public static Outcome<string> PersonOf(ManifestSet catalog, string name, string path) =>
        (catalog.Find<Person>(name) ?? CatalogView.Of(catalog).PersonById(name)) is not { } person
            ? Problem.Invalid($"There is no person \"{name}\" in the catalog.", $"{catalog.DidYouMean<Person>(name)}List them with \"nines get Person\".", path)
            : person.Id;
}
