using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Imports;

/// <summary>A person as another program knows them.</summary>
/// <param name="Name">The handle that manifests will use.</param>
/// <param name="Title">What people call them.</param>
/// <param name="Zone">Their zone; empty where nobody said so.</param>
/// <param name="Contacts">Name, kind and address of each way to reach them.</param>
/// <param name="Page">Which contact a page takes, and after how many minutes.</param>
/// <param name="Ticket">The same for what can wait.</param>
internal sealed record DraftPerson(
    string Name, string Title, string Zone, IReadOnlyList<(string Name, string Kind, string To)> Contacts, IReadOnlyList<(string Contact, int Minutes)> Page, IReadOnlyList<(string Contact, int Minutes)> Ticket);

/// <summary>A team.</summary>
internal sealed record DraftTeam(string Name, string Title, string Description, IReadOnlyList<string> Members, string Lead = "");

/// <summary>Hours of the week: days, or a whole stretch such as "friday 17:00" to "monday 09:00" where there are none.</summary>
internal sealed record DraftHours(IReadOnlyList<string> Days, string From, string Until);

/// <summary>One layer of a schedule: people in turn, or fixed shifts.</summary>
internal sealed record DraftLayer
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its own zone; empty for the schedule's.</summary>
    public string Zone { get; init; } = "";

    /// <summary><c>hourly</c>, <c>daily</c>, <c>weekly</c> or <c>monthly</c>; empty for fixed shifts.</summary>
    public string Turn { get; init; } = "";

    /// <summary>How many of them a turn lasts.</summary>
    public int Length { get; init; } = 1;

    /// <summary>The first hand-over, in local time.</summary>
    public LocalDateTime Start { get; init; }

    /// <summary>Who has which turn; none for nobody.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Slots { get; init; } = [];

    /// <summary>When it counts; none for always.</summary>
    public IReadOnlyList<DraftHours> Hours { get; init; } = [];

    /// <summary>From when on, in local time.</summary>
    public LocalDateTime? From { get; init; }

    /// <summary>Until when.</summary>
    public LocalDateTime? Until { get; init; }

    /// <summary>Shifts that are written one by one.</summary>
    public IReadOnlyList<(Instant From, Instant Until, IReadOnlyList<string> People)> Shifts { get; init; } = [];
}

/// <summary>A schedule.</summary>
internal sealed record DraftSchedule(string Name, string Title, string Description, string Zone, string Team, IReadOnlyList<DraftLayer> Layers);

/// <summary>One target of a step: its kind as manifests write it, and its name.</summary>
internal sealed record DraftTarget(string Kind, string Name);

/// <summary>One step of a policy.</summary>
internal sealed record DraftStep(IReadOnlyList<DraftTarget> Targets, int Minutes, bool RoundRobin = false);

/// <summary>An escalation policy.</summary>
internal sealed record DraftPolicy(string Name, IReadOnlyList<DraftStep> Steps, int Rounds);

/// <summary>A service that somebody is called for.</summary>
internal sealed record DraftService(string Name, string Title, string Description, string Team, string OnCall);

/// <summary>A sender of alerts.</summary>
internal sealed record DraftIntegration(string Name, string Title, string Kind, string Service, bool HasKey);

/// <summary>A branch of the routing tree: matchers as manifests write them, and what it decides.</summary>
/// <param name="Name">Its name among its siblings.</param>
/// <param name="Match">Matchers; none for everything that comes to it.</param>
/// <param name="Escalation">The policy or schedule that is called; empty for the service's own.</param>
/// <param name="Severity"><c>page</c>, <c>ticket</c> or <c>log</c>; empty for the alert's own.</param>
/// <param name="Branches">Below it, in order.</param>
internal sealed record DraftBranch(string Name, IReadOnlyList<string> Match, string Escalation, string Severity, IReadOnlyList<DraftBranch> Branches);

/// <summary>What an import found: everything that becomes a manifest, and a finding for all that has no equal. Names are made once for each id.</summary>
internal sealed class ImportDraft
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public List<DraftPerson> People { get; } = [];

    public List<DraftTeam> Teams { get; } = [];

    public List<DraftSchedule> Schedules { get; } = [];

    public List<DraftPolicy> Policies { get; } = [];

    public List<DraftService> Services { get; } = [];

    public List<DraftIntegration> Integrations { get; } = [];

    public List<DraftBranch> Branches { get; } = [];

    public List<Problem> Findings { get; } = [];

    /// <summary>Says what was not taken, or taken otherwise.</summary>
    public void Found(string what, string remedy = "") => Findings.Add(Problem.Finding(what, remedy));

    /// <summary>The name of a thing by its id at the source: made from its title the first time.</summary>
    /// <param name="kind">Names are unique within a kind.</param>
    /// <param name="id">At the source.</param>
    /// <param name="title">What people call it there.</param>
    public string NameOf(string kind, string id, string title)
    {
        var at = $"{kind}\n{id}";
        if (id.Length > 0 && _names.TryGetValue(at, out var known)) return known;
        var wanted = Slug(title.Length > 0 ? title : id);
        var name = wanted;
        for (var i = 2; !_taken.Add($"{kind}\n{name}"); i++) name = $"{(wanted.Length > 58 ? wanted[..58] : wanted)}-{i.ToString(CultureInfo.InvariantCulture)}";
        if (id.Length > 0) _names[at] = name;
        return name;
    }

    /// <summary>The name that an id was given; null where nothing of that id was imported.</summary>
    public string? Find(string kind, string id) => _names.GetValueOrDefault($"{kind}\n{id}");

    /// <summary>A name by RFC 1123.</summary>
    internal static string Slug(string text) => ImportedName.Of(text);
}
