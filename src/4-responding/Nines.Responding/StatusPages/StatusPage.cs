using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>A page that says to those outside whether something works. It has only what somebody published, and what was measured.</summary>
public sealed record StatusPage
{
    /// <summary>So many days are shown unless the page says otherwise.</summary>
    public const int UsualDays = 90;

    /// <summary>Its name, the last part of its address.</summary>
    public required string Name { get; init; }

    /// <summary>What stands at its top.</summary>
    public required string Title { get; init; }

    /// <summary>A sentence below; empty for none.</summary>
    public string Description { get; init; } = "";

    /// <summary>True where only those may look who may read this house.</summary>
    public bool Private { get; init; }

    /// <summary>In which its days begin and its times are written.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>What it speaks of, in the order of the page.</summary>
    public ImmutableArray<PageComponent> Components { get; init; } = [];

    /// <summary>When work may be announced.</summary>
    public MaintenanceRules Maintenance { get; init; } = MaintenanceRules.Shipped;

    /// <summary>A host name of its own; empty for none.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The colour of what can be touched; null for the house's own.</summary>
    public AccentColour? Accent { get; init; }

    /// <summary>The name at its top, where it is not the title.</summary>
    public string Logo { get; init; } = "";

    /// <summary>So many days are shown.</summary>
    public int Days { get; init; } = UsualDays;

    /// <summary>The key of each component.</summary>
    public IReadOnlyList<string> Keys => [.. Components.Select(c => c.Key)];

    /// <summary>The component of that key; null for none.</summary>
    public PageComponent? Find(string key) => Components.FirstOrDefault(c => c.Key == key);
}

/// <summary>Something that users know by name.</summary>
/// <param name="Key">Its short name, which programs use.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does; empty for nothing.</param>
/// <param name="Group">The heading under which it stands; empty for none.</param>
/// <param name="Services">Services of the house behind it; nobody outside sees them.</param>
/// <param name="Objectives">Objectives that measure it; empty for all those of its services.</param>
public sealed record PageComponent(string Key, string Name, string Description, string Group, ImmutableArray<string> Services, ImmutableArray<string> Objectives);

/// <summary>When work may be announced.</summary>
/// <param name="Notice">So long before.</param>
/// <param name="Longest">It takes no longer.</param>
/// <param name="Windows">When it may be; empty for any time.</param>
public sealed record MaintenanceRules(Duration Notice, Duration Longest, ImmutableArray<MaintenanceWindow> Windows)
{
    /// <summary>Two days' notice, at any time, a day at the longest.</summary>
    public static MaintenanceRules Shipped { get; } = new(Duration.FromHours(48), Duration.FromHours(24), []);
}

/// <summary>Hours of some weekdays in which work may be done; where they end before they begin, they end on the day after.</summary>
/// <param name="Days">The weekdays on which it begins.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
public sealed record MaintenanceWindow(ImmutableArray<IsoDayOfWeek> Days, LocalTime From, LocalTime Until)
{
    /// <summary>In words: <c>sat, sun 22:00–04:00</c>.</summary>
    public override string ToString() => $"{string.Join(", ", Days.Select(d => d.ToString()[..3].ToLowerInvariant()))} {From:HH:mm}–{Until:HH:mm}";
}
