using Nines.Alerting.Alerts.Api;
using Nines.Alerting.Silences;
using Nines.Kernel;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Alerting.Alerts.Ui;

/// <summary>All that the page of alerts shows.</summary>
public sealed record AlertsPageModel(IReadOnlyList<AlertView> All, TableRows<AlertView> Table, TableQuery Query, IReadOnlyList<SilenceView> Silences)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>The severity guide of this house.</summary>
    public IReadOnlyList<SeverityRow> Guide { get; init; } = SeverityGuide.Rows;

    public IReadOnlyList<AlertView> Firing => [.. All.Where(a => a.State == "firing")];

    public IReadOnlyList<SilenceView> OpenSilences => [.. Silences.Where(s => s.State != "ended")];

    public static AlertsPageModel For(HouseState state, TableQuery query, Instant now)
    {
        var all = AlertView.All(state.Get<AlertBook>(), state.Get<SilenceBook>(), now);
        return new(all, TableRules.Apply(all, AlertsApi.Columns, query), query, SilenceView.All(state.Get<SilenceBook>(), state.Get<AlertBook>(), now));
    }

    /// <summary>The answer in words: what fires, what is held back, when it was last loud.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var (pages, tickets) = (Firing.Count(a => a.Severity == AlertSeverity.Page), Firing.Count(a => a.Severity == AlertSeverity.Ticket));
        var held = All.Count(a => a.State is "silenced" or "muted" or "inhibited");
        var quiet = held == 0 ? "" : $" {Figures.Of(held, "alert")} {(held == 1 ? "is" : "are")} held back.";
        if (pages > 0)
            return [Phrase.Bold($"{Figures.Of(pages, "page")} {(pages == 1 ? "is" : "are")} firing"), $": {Firing[0].Title}.{(tickets > 0 ? $" {Figures.Of(tickets, "ticket")} besides." : "")}{quiet}"];
        if (tickets > 0)
            return [Phrase.Bold($"{Figures.Of(tickets, "ticket")} {(tickets == 1 ? "is" : "are")} open"), $", and no page.{quiet}"];
        var last = All.Where(a => a.EndedAt is not null).Select(a => a.EndedAt).Max();
        return last is { } at ? ["Nothing is firing. The last alert ended ", Phrase.Time(at, TimeForm.Ago, reader), "." + quiet] : ["Nothing is firing. No alert so far." + quiet];
    }

    public static StateWord WordOf(AlertView alert) => alert.State switch
    {
        "resolved" => new("none", "done", "Resolved"),
        "silenced" => new("none", "clock", "Silenced"),
        "muted" => new("none", "clock", "Muted"),
        "inhibited" => new("none", "shield", "Inhibited"),
        _ => alert.Severity switch { AlertSeverity.Page => StateWord.Page, AlertSeverity.Ticket => StateWord.Ticket, _ => new("none", "list", "Log") },
    };
}
