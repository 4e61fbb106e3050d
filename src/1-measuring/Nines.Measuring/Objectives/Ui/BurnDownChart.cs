using Nines.Shell.Charts;
using Nines.Shell.Components;
using NodaTime;
using Line = Nines.Shell.Charts.Projection;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>The picture of where the budget went: what is left, even pace, what happened, and where it leads.</summary>
internal static class BurnDownChart
{
    // Room after "now" for the projection, as a share of what is shown.
    private const double Ahead = 0.3;

    public static TimeChart Draw(ObjectivePageModel model, Reader reader)
    {
        var (o, history, range) = (model.Objective, model.History, model.Range);
        var now = reader.Now.ToUnixTimeMilliseconds();
        var whole = !range.Zoomed;
        var end = whole ? range.ToMs + (long)((range.ToMs - range.FromMs) * Ahead) : range.ToMs;
        var least = history.Left.Where(double.IsFinite).DefaultIfEmpty(1).Min();
        var bottom = least < 0 ? -Math.Min(Math.Ceiling(-least * 4) / 4, 2) : 0;
        return new()
        {
            Title = $"Budget left, % of {Figures.Window(o.Window)}",
            Sentence = Sentence(o, reader),
            Time = new(range.FromMs, end),
            Value = new(bottom * 100, 100),
            Zone = reader.Zone.Id,
            Height = 250,
            Series = [new("budget left", "\u00a0%", history.StartMs, history.StepMs, history.Left.Select(v => v * 100).ToArray(), SeriesForm.Area, PartialFromMs: history.PartialFromMs)],
            Grid = [new(100, "100\u00a0% of the budget"), new(75, "75\u00a0%"), new(50, "50\u00a0% · warning below"), new(25, "25\u00a0% · critical below"), .. bottom < 0 ? [new GridLine(0, "0\u00a0% · nothing left", Limit: true)] : Array.Empty<GridLine>()],
            Guide = whole && range.Name.Length == 0 && !o.Calendar ? new("even pace", range.FromMs, 100, range.ToMs, 0) : null,
            Bands = [.. o.Alerts.Where(a => !a.Held).Select(a => new Band(a.Since.ToUnixTimeMilliseconds(), a.Firing ? null : a.Until?.ToUnixTimeMilliseconds(), a.Page ? "page" : "ticket"))],
            Marks = model.Marks,
            NowMs = whole ? now : null,
            NowWords = whole && o.Left is { } left ? $"{Figures.Percent(left)} now" : null,
            Projections = whole && o.Left is > 0 ? Projections(o, now, end) : [],
            End = whole && Shown(o, now, end) is { } gone ? (gone.ToUnixTimeMilliseconds(), Times.Words(gone, end - range.FromMs < 3 * 86_400_000L ? TimeForm.Clock : TimeForm.Day, reader)) : null,
        };
    }

    // The last day's burn is drawn where it leads to zero; else the last hour's. More lines would be a fan of guesses.
    private static List<Line> Projections(ObjectiveView o, long now, long end)
    {
        var lines = new List<Line>();
        foreach (var gone in o.Gone.Where(g => g.Window is "24h" or "1h" && g.Rate is not null))
        {
            if (gone.At is { } at)
            {
                var ms = at.ToUnixTimeMilliseconds();
                var toMs = Math.Min(ms, end);
                var share = ms == now ? 0 : (toMs - now) / (double)(ms - now);
                lines.Add(new($"{Words(gone)}", [(now, o.Left!.Value * 100), (toMs, o.Left.Value * 100 * (1 - share))]));
            }
        }
        return lines;
    }

    private static string Words(GoneView gone) => $"{(gone.Window == "24h" ? "last day’s" : "last hour’s")} {Figures.Burn(gone.Rate)}";

    private static Instant? Shown(ObjectiveView o, long now, long end) =>
        o.Gone.Where(g => g.At is { } at && at.ToUnixTimeMilliseconds() > now && at.ToUnixTimeMilliseconds() <= end).Select(g => g.At).Max();

    private static string Sentence(ObjectiveView o, Reader reader) =>
        Phrase.Plain(Headlines.Of(o, reader)) + (o.Alerts.Count > 0 ? $" {Figures.Of(o.Alerts.Count(a => !a.Held), "alert")} in this time." : "");
}
