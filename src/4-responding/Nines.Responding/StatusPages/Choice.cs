using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>What a subscriber wants to hear of.</summary>
/// <param name="Components">Keys of components, in order; empty for everything.</param>
/// <param name="At">When they chose.</param>
/// <param name="Follows">What was open then and had been told to them: they hear its end, whatever they chose since.</param>
public sealed record Choice(ImmutableArray<string> Components, Instant At, ImmutableArray<string> Follows)
{
    /// <summary>True where they want to hear what is said of some components. Whoever chose only what the page has no more hears everything: nobody is deaf without knowing it.</summary>
    /// <param name="touched">What it is about; empty for the whole page.</param>
    /// <param name="among">What the page has; empty where that is not known.</param>
    public bool Wants(IReadOnlySet<string> touched, IReadOnlySet<string> among) =>
        Components.IsEmpty || touched.Count == 0 || Components.Any(touched.Contains) || (among.Count > 0 && !Components.Any(among.Contains));

    /// <summary>It in words: <c>Payments, Search</c>.</summary>
    public static string Words(StatusPage page, Choice? choice)
    {
        if (choice is null || choice.Components.IsEmpty) return "everything";
        string[] names = [.. page.Components.Where(c => choice.Components.Contains(c.Key)).Select(c => c.Name)];
        string[] gone = [.. choice.Components.Where(c => page.Find(c) is null)];
        if (gone.Length == 0) return string.Join(", ", names);
        var vanished = $"the page has no {string.Join(", ", gone)} any more";
        return names.Length == 0 ? $"everything, as {vanished}" : $"{string.Join(", ", names)}; {vanished}";
    }
}
