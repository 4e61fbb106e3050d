using Nines.Shell.Components;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Words of a status page for people of the house.</summary>
internal static class StatusScreenWords
{
    /// <summary>What a post that is open may become.</summary>
    public static IReadOnlyList<(string Value, string Words)> Statuses { get; } = [.. Enum.GetValues<PostStatus>().Where(s => s != PostStatus.Postmortem).Select(s => (StatusWords.Wire(s), StatusWords.Of(s)))];

    public static IReadOnlyList<(string Value, string Words)> Impacts { get; } = [("", "from the components"), .. Enum.GetValues<PostImpact>().Select(i => (StatusWords.Wire(i), i.ToString()))];

    public static StateWord Of(StatusPageView page) => page.Indicator switch
    {
        "critical" or "major" => new("crit", "crit", "Trouble"),
        "minor" => new("warn", "warn", "Some trouble"),
        _ when page.Components.Any(c => c.Status == "under_maintenance") => new("plan", "tool", "Maintenance"),
        _ => page.Open.Count > 0 ? new("none", "eye", "Looked into") : new("good", "ok", "No trouble"),
    };

    public static StateWord Of(string status) => PublicWords.Of(StatusWords.Status(status) ?? ComponentStatus.Operational);

    public static IReadOnlyList<Phrase> Headline(StatusPageView page, Proposal proposed)
    {
        var differ = proposed.Components.Count(c => c.Proposed != c.Published);
        if (differ == 0) return page.Open.Count > 0 ? ["The page tells of ", Phrase.Bold(Figures.Of(page.Open.Count, "trouble") + ","), " as it is measured."] : ["The page says ", Phrase.Bold("what is measured: no trouble.")];
        return [$"{Figures.Of(differ, "component")} {(differ == 1 ? "is" : "are")} ", Phrase.Bold("not what the page says."), " Nothing is published before somebody does."];
    }

    /// <summary>The choices for a component, with what stands there now left alone.</summary>
    public static IReadOnlyList<(string Value, string Words)> Choices { get; } =
        [("", "as it is"), .. Enum.GetValues<ComponentStatus>().Where(s => s != ComponentStatus.UnderMaintenance).Select(s => (StatusWords.Wire(s), StatusWords.Of(s)))];
}
