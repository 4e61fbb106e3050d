using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Imports;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>Somebody as another pager names them; stays in memory, and becomes an opaque id or nothing.</summary>
internal sealed record OutsideName(string Id, string Name, string Email)
{
    public bool Given => Id.Length + Name.Length + Email.Length > 0;
}

/// <summary>What another pager said about one of its pages, as far as it said something: a call of its webhook, or a part of an export.</summary>
internal sealed record OutsideNews
{
    /// <summary>How a call is named of which only the assignment is known.</summary>
    public const string Assigned = "assigned";

    public required string Id { get; init; }

    public string Key { get; init; } = "";

    public string Title { get; init; } = "";

    public string Url { get; init; } = "";

    public string ServiceId { get; init; } = "";

    public string ServiceName { get; init; } = "";

    public Instant? OpenedAt { get; init; }

    public bool? Urgent { get; init; }

    public IReadOnlyList<(OutsideName Who, Instant At, string How, int Level)> Called { get; init; } = [];

    /// <summary>Acknowledged or not, over or not, from then on; null where nothing was said about it.</summary>
    public OutsideTurn? Turn { get; init; }
}

/// <summary>What became of a page, and when.</summary>
internal sealed record OutsideTurn(Instant At, OutsideState State, OutsideName By);

/// <summary>Where a page stands at another pager.</summary>
internal enum OutsideState
{
    /// <summary>Nobody has it.</summary>
    Open,

    /// <summary>Somebody has it.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>Puts names of another pager into the catalog's, and news into what is known. Pure.</summary>
internal sealed class OutsideNames(ShadowMode mode, ManifestSet all)
{
    private readonly CatalogView _catalog = CatalogView.Of(all);

    /// <summary>The catalog's service; empty for none.</summary>
    public string Service(string id, string name)
    {
        var mapped = (id.Length > 0 ? mode.Names.GetValueOrDefault(id) : null) ?? (name.Length > 0 ? mode.Names.GetValueOrDefault(name) : null);
        if (mapped is not null) return mapped;
        if (name.Length == 0) return "";
        // As an import names it.
        var slug = ImportedName.Of(name);
        return _catalog.Services.FirstOrDefault(s => s.Service.Name == slug || s.Service.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Service.Name ?? "";
    }

    /// <summary>The person, and what is kept of somebody unknown: an id that says nothing, never a name or an address.</summary>
    public (string Person, string Outside) Person(OutsideName who)
    {
        string[] said = [who.Id, who.Email, who.Name];
        var handle = said.Where(s => s.Length > 0).Select(s => mode.People.GetValueOrDefault(s)).FirstOrDefault(h => h is not null);
        var found = handle is not null ? _catalog.Person(handle)
            : _catalog.People.FirstOrDefault(p => who.Email.Length > 0 && p.Contacts.Any(c => c.Address.Equals(who.Email, StringComparison.OrdinalIgnoreCase)))
              ?? _catalog.People.FirstOrDefault(p => who.Name.Length > 0 && (p.DisplayName.Equals(who.Name, StringComparison.OrdinalIgnoreCase) || p.Name.Equals(who.Name, StringComparison.OrdinalIgnoreCase)));
        var opaque = who.Id.Length is > 0 and <= 64 && who.Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !who.Id.Equals(who.Name, StringComparison.OrdinalIgnoreCase) ? who.Id : "";
        return (found?.Id ?? "", opaque);
    }
}

/// <summary>Merges news into what is known of an outside page: whatever the order, and however often it is said. Pure.</summary>
internal static class OutsideMerge
{
    // Nobody is called about one page by more people than these; a hostile body shall not grow the house.
    private const int MostCalls = 100;
    private const int LongestText = 300;

    /// <summary>What is known after the news; null where it says nothing new.</summary>
    public static OutsidePageHeard? Of(OutsidePageHeard? known, string mode, OutsideNews news, OutsideNames names, Instant heardAt)
    {
        var service = names.Service(news.ServiceId, news.ServiceName);
        var called = (known?.Called ?? []).Concat(news.Called.Select(c => Call(c.Who, c.At, c.How, c.Level, names)))
            .DistinctBy(c => (c.Person, c.Outside, c.At, c.How)).OrderBy(c => c.At).ThenBy(c => c.Level).ThenBy(c => c.Person, StringComparer.Ordinal).ThenBy(c => c.Outside, StringComparer.Ordinal).ThenBy(c => c.How, StringComparer.Ordinal).Take(MostCalls).ToArray();
        var next = new OutsidePageHeard(
            mode, known?.Id ?? Cut(news.Id, 200), Or(news.Key, known?.Key, 600), service.Length > 0 ? service : known?.Service ?? "", Or(known?.Named ?? "", news.ServiceName, LongestText),
            Or(known?.Title ?? "", news.Title, LongestText), known is { Url.Length: > 0 } ? known.Url : Address(news.Url), Earlier(known?.OpenedAt, news.OpenedAt) ?? heardAt,
            news.Urgent ?? known?.Urgent ?? true, called, known?.AcknowledgedAt, known?.AcknowledgedBy ?? "", known?.ResolvedAt, known?.StateAt);
        if (news.Turn is { } turn) next = known?.StateAt is not { } last || turn.At >= last ? Turned(next, turn, names) : Late(next, turn, names);
        return known is not null && Same(known, next) ? null : next;
    }

    private static OutsideCall Call(OutsideName who, Instant at, string how, int level, OutsideNames names)
    {
        var (person, outside) = names.Person(who);
        return new(person, outside, at, Cut(how, 40), Math.Clamp(level, 1, 99));
    }

    /// <summary>Calls overtake each other: that somebody had it is worth knowing also where its end was said first.</summary>
    private static OutsidePageHeard Late(OutsidePageHeard page, OutsideTurn turn, OutsideNames names) =>
        turn.State == OutsideState.Acknowledged && page is { AcknowledgedAt: null, ResolvedAt: not null } ? page with { AcknowledgedAt = turn.At, AcknowledgedBy = names.Person(turn.By).Person } : page;

    private static OutsidePageHeard Turned(OutsidePageHeard page, OutsideTurn turn, OutsideNames names) => turn.State switch
    {
        OutsideState.Acknowledged => page with { AcknowledgedAt = turn.At, AcknowledgedBy = names.Person(turn.By).Person, ResolvedAt = null, StateAt = turn.At },
        OutsideState.Resolved => page with { ResolvedAt = turn.At, StateAt = turn.At },
        // What begins takes nothing back: only a word that comes later does.
        _ => page.StateAt is null && turn.At <= page.OpenedAt ? page : page with { AcknowledgedAt = null, AcknowledgedBy = "", ResolvedAt = null, StateAt = turn.At },
    };

    private static bool Same(OutsidePageHeard a, OutsidePageHeard b) => a with { Called = b.Called } == b && a.Called.SequenceEqual(b.Called);

    private static string Or(string first, string? second, int most) => Cut(first.Length > 0 ? first : second ?? "", most);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static string Address(string url) => url.Length <= 500 && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url : "";

    private static Instant? Earlier(Instant? a, Instant? b) => a is null || b < a ? b ?? a : a;
}
