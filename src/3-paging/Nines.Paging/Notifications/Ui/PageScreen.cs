using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Shell.Components;

namespace Nines.Paging.Notifications.Ui;

/// <summary>What the two screens of a page share.</summary>
public static class PageScreen
{
    /// <summary>So many alerts are told in full.</summary>
    public const int Most = 5;

    /// <summary>The page's alerts that are still known, what fires first.</summary>
    public static IReadOnlyList<Alert> AlertsOf(PageView page, HouseState state)
    {
        var book = state.Get<AlertBook>();
        return [.. page.Alerts.Select(id => book.All.GetValueOrDefault(id)).OfType<Alert>().OrderByDescending(a => a.Firing).Take(Most)];
    }

    /// <summary>The one sentence: what burns, and who has it.</summary>
    public static IReadOnlyList<Phrase> Words(PageView page) => page.State switch
    {
        "ended" => [$"{page.Title}. ", Phrase.Bold("It is over"), "."],
        "acknowledged" => [$"{page.Title}. ", Phrase.Bold($"{page.Acknowledgements[^1].Person} has it"), "."],
        "snoozed" => [$"{page.Title}. ", Phrase.Bold("It sleeps"), "."],
        _ when page.Shadow.Length > 0 => [$"{page.Title}. ", Phrase.Bold("It calls nobody"), ", because of shadow mode."],
        _ => PagesPageModel.Reached(page) is { At: { } at } reached
            ? [$"{page.Title}. ", Phrase.Bold($"It reached {reached.Person}"), $" {PagesPageModel.After(page, at)}; nobody has taken it on yet."]
            : [$"{page.Title}. ", Phrase.Bold(page.Unheard.Length == 0 ? "It has reached nobody yet" : "It reached nobody"), "."],
    };

    /// <summary>A stage as people see it.</summary>
    public static StateWord WordOf(StageView stage) => stage switch
    {
        { Missed: true } => new("crit", "crit", Name(stage.Stage)),
        { At: null } => new("none", "todo", Name(stage.Stage)),
        _ => new("good", stage.Stage switch { ProofStage.Delivered => "phone", ProofStage.Seen => "eye", ProofStage.Acknowledged => "user", ProofStage.Attempted => "send", _ => "ok" }, Name(stage.Stage)),
    };

    private static string Name(ProofStage stage) => stage.ToString();
}
