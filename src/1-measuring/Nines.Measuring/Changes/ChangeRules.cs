using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Changes;

/// <summary>What somebody tells of a change.</summary>
/// <param name="Service">The service that changed; empty for all.</param>
/// <param name="Kind"><c>deploy</c> (the default), <c>rollback</c>, <c>config</c>, <c>flag</c> or <c>other</c>.</param>
/// <param name="Title">One line; made from kind and version where it is missing.</param>
/// <param name="Version">What it is now.</param>
/// <param name="Stage">Where.</param>
/// <param name="At">When it began; null for now.</param>
/// <param name="Until">When it was through.</param>
/// <param name="Source">Which program tells of it.</param>
/// <param name="By">Who did it: a handle or an address of the catalog; others are not kept.</param>
/// <param name="Key">The sender's own key: what comes again with it changes nothing.</param>
/// <param name="Links">Where to read more.</param>
public sealed record ChangeRequest(
    string Service = "", string Kind = "deploy", string Title = "", string Version = "", string Stage = "", Instant? At = null, Instant? Until = null,
    string Source = "", string By = "", string Key = "", IReadOnlyDictionary<string, string>? Links = null);

/// <summary>Decides on changes.</summary>
public static class ChangeRules
{
    private const int LongestTitle = 300;
    private const int LongestWord = 200;
    private const int MostLinks = 10;
    private static readonly Duration Oldest = Duration.FromDays(400);
    private static readonly Duration Newest = Duration.FromMinutes(10);
    private static readonly string[] Kinds = [.. Enum.GetValues<ChangeKind>().Select(Change.WordOf)];

    /// <summary>The event of a change, or every problem with what was told.</summary>
    /// <param name="told">What was told.</param>
    /// <param name="person">Finds a person's opaque id by handle or address; empty for nobody.</param>
    /// <param name="id">Its id.</param>
    /// <param name="now">When.</param>
    /// <param name="path">Where it stands in a list; empty for one alone.</param>
    public static Outcome<ChangeRecorded> Record(ChangeRequest told, Func<string, string> person, string id, Instant now, string path = "")
    {
        var problems = new List<Problem>();
        var kind = told.Kind.Trim().ToLowerInvariant();
        if (!Kinds.Contains(kind)) Wrong("kind", $"\"{Short(told.Kind)}\" is no kind of change.", $"Write one of {string.Join(", ", Kinds)}.");
        if (told.Title.Trim().Length == 0 && told.Version.Trim().Length == 0) Wrong("title", "The change has neither a title nor a version.", "Say what changed.");
        if (told.Title.Length > LongestTitle) Wrong("title", $"The title is longer than {LongestTitle} characters.", "Write one line, and a link for the rest.");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("service", told.Service), ("version", told.Version), ("stage", told.Stage), ("source", told.Source), ("key", told.Key)])
            if (value.Length > LongestWord || value.Any(char.IsControl)) Wrong(name, $"This is no {name}: at most {LongestWord} characters, none of them invisible.", "Write a shorter one.");
        var at = told.At ?? now;
        if (at > now + Newest) Wrong("at", "The change is more than 10 minutes in the future.", "Tell of it when it happens.");
        if (at < now - Oldest) Wrong("at", "The change is more than 400 days old.", "Tell of newer ones; older ones show nowhere.");
        if (told.Until < at) Wrong("until", "The end of the change is before its beginning.", "Give a later end, or leave it out.");
        var links = Links(told.Links);
        if (problems.Count > 0) return Outcome<ChangeRecorded>.Failed(problems);
        var title = told.Title.Trim().Length > 0 ? OneLine(told.Title) : $"{char.ToUpperInvariant(kind[0])}{kind[1..]} of {told.Version.Trim()}";
        return new ChangeRecorded(
            id, Enum.Parse<ChangeKind>(kind, ignoreCase: true), told.Service.Trim(), title, told.Version.Trim(), told.Stage.Trim(), at, told.Until,
            told.Source.Trim(), told.By.Length > 0 ? person(told.By.Trim()) : "", told.Key, links);

        void Wrong(string field, string what, string remedy) => problems.Add(Problem.Invalid(what, remedy, path.Length == 0 ? field : $"{path}.{field}"));

        ImmutableSortedDictionary<string, string> Links(IReadOnlyDictionary<string, string>? given)
        {
            var taken = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            if (given?.Count > MostLinks) Wrong("links", $"There are more than {MostLinks} links.", "Keep the most useful.");
            foreach (var (name, link) in given ?? ImmutableDictionary<string, string>.Empty)
                if (name.Length is > 0 and <= 60 && link.Length <= 2000 && Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0) taken[OneLine(name)] = link;
                else Wrong($"links.{Short(name)}", $"\"{Short(link)}\" is not a link.", "Write a whole URL that begins with https://, without a password in it.");
            return taken.ToImmutable();
        }
    }

    private static string OneLine(string text) => string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c));

    private static string Short(string text) => text.Length > 60 ? text[..59] + "…" : text;
}
