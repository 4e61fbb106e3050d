namespace Nines.Responding.StatusPages;

/// <summary>How a component is said to work; a later one is worse, except that maintenance is none of them.</summary>
public enum ComponentStatus
{
    /// <summary>It works.</summary>
    Operational,

    /// <summary>It is being worked on, as announced.</summary>
    UnderMaintenance,

    /// <summary>It works, but slowly or with gaps.</summary>
    DegradedPerformance,

    /// <summary>Part of it does not work.</summary>
    PartialOutage,

    /// <summary>It does not work.</summary>
    MajorOutage,
}

/// <summary>Where a post stands.</summary>
public enum PostStatus
{
    /// <summary>Something is wrong; the cause is looked for.</summary>
    Investigating,

    /// <summary>The cause is known.</summary>
    Identified,

    /// <summary>It is mended and watched.</summary>
    Monitoring,

    /// <summary>It is over.</summary>
    Resolved,

    /// <summary>It is over, and what was learnt is told.</summary>
    Postmortem,
}

/// <summary>How much it hurts.</summary>
public enum PostImpact
{
    /// <summary>Nothing that anybody feels.</summary>
    None,

    /// <summary>A little.</summary>
    Minor,

    /// <summary>Much.</summary>
    Major,

    /// <summary>Everything.</summary>
    Critical,
}

/// <summary>The words of statuses: as programs read them (those of the Statuspage API) and as people do.</summary>
public static class StatusWords
{
    /// <summary>As programs read it: <c>partial_outage</c>.</summary>
    public static string Wire(ComponentStatus status) => status switch
    {
        ComponentStatus.UnderMaintenance => "under_maintenance",
        ComponentStatus.DegradedPerformance => "degraded_performance",
        ComponentStatus.PartialOutage => "partial_outage",
        ComponentStatus.MajorOutage => "major_outage",
        _ => "operational",
    };

    /// <summary>As people read it.</summary>
    public static string Of(ComponentStatus status) => status switch
    {
        ComponentStatus.UnderMaintenance => "Maintenance",
        ComponentStatus.DegradedPerformance => "Slow or patchy",
        ComponentStatus.PartialOutage => "Partly down",
        ComponentStatus.MajorOutage => "Down",
        _ => "Works",
    };

    /// <summary>As people read it.</summary>
    public static string Of(PostStatus status) => status.ToString();

    /// <summary>As programs read it: <c>monitoring</c>.</summary>
    public static string Wire<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();

    /// <summary>Every word that <see cref="Status"/> reads.</summary>
    public static string AllStatuses { get; } = string.Join(", ", Enum.GetValues<ComponentStatus>().Where(s => s != ComponentStatus.UnderMaintenance).Select(Wire));

    /// <summary>The status of a word as programs write it; null for no such word.</summary>
    public static ComponentStatus? Status(string word)
    {
        foreach (var status in Enum.GetValues<ComponentStatus>())
            if (Wire(status).Equals(word.Trim(), StringComparison.OrdinalIgnoreCase) || status.ToString().Equals(word.Trim(), StringComparison.OrdinalIgnoreCase)) return status;
        return null;
    }

    /// <summary>The value of a word; null for no such word, and for a number.</summary>
    public static T? Parse<T>(string word) where T : struct, Enum =>
        word.Length > 0 && !char.IsAsciiDigit(word[0]) && word[0] != '-' && Enum.TryParse<T>(word.Trim(), ignoreCase: true, out var value) ? value : null;

    /// <summary>How much a status hurts.</summary>
    public static PostImpact Impact(ComponentStatus status) => status switch
    {
        ComponentStatus.MajorOutage => PostImpact.Critical,
        ComponentStatus.PartialOutage => PostImpact.Major,
        ComponentStatus.DegradedPerformance => PostImpact.Minor,
        _ => PostImpact.None,
    };
}
