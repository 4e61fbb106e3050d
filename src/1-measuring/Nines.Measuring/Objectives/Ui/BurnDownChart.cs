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

    // Ends nearer than this share of that room draw one line.
    private const double Close = 0.12;

    public static TimeChart Draw(ObjectivePageModel model, Reader reader)
    {
        var (o, history, range) = (model.Objective, model.History, model.Range);
        var now = reader.Now.ToUnixTimeMilliseconds();
        var (whole, end) = (!range.Zoomed, EndOf(range));
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
            Bands = BandsOf(o, now),
            Marks = model.Marks,
            NowMs = whole || now < end ? now : null,
            NowWords = whole && o.Left is { } left ? $"{Figures.Percent(left)} now" : null,
            Projections = whole && o.Left is > 0 ? Projections(o, now, end) : [],
            End = whole && Shown(o, now, end) is { } gone ? (gone.ToUnixTimeMilliseconds(), Times.Words(gone, end - range.FromMs < 3 * 86_400_000L ? TimeForm.Clock : TimeForm.Day, reader)) : null,
        };
    }

    /// <summary>Where the time axis ends: after now there is room for what is ahead, unless a zoom says otherwise.</summary>
    internal static long EndOf(ShownRange range) => range.Zoomed ? range.ToMs : range.ToMs + (long)((range.ToMs - range.FromMs) * Ahead);

    /// <summary>When it alerted, behind the lines; what still fires reaches to now and never into the future.</summary>
    internal static IReadOnlyList<Band> BandsOf(ObjectiveView o, long now) =>
        [.. o.Alerts.Where(a => !a.Held).Select(a => new Band(a.Since.ToUnixTimeMilliseconds(), a.Firing ? now : a.Until?.ToUnixTimeMilliseconds(), a.Page ? "page" : "ticket"))];

    // Where the last day's and the last hour's burn lead. More lines would be a fan of guesses; two that cannot be told apart are one.
    private static List<Line> Projections(ObjectiveView o, long now, long end)
    {
        var ahead = o.Gone.Where(g => g.Window is "24h" or "1h" && g.Rate is not null && g.At is not null).OrderBy(g => g.Window == "1h").ToArray();
        if (ahead is [var day, var hour] && Math.Abs(End(day) - End(hour)) < (end - now) * Close)
            return [Towards(day, day.Rate is { } rate && Figures.Burn(rate) == Figures.Burn(hour.Rate) ? $"last day’s and hour’s {Figures.Burn(rate)}" : $"{Words(day)}, hour’s {Figures.Burn(hour.Rate)}")];
        return [.. ahead.Select(g => Towards(g, Words(g)))];

        long End(GoneView gone) => Math.Min(gone.At!.Value.ToUnixTimeMilliseconds(), end);

        Line Towards(GoneView gone, string words)
        {
            var ms = gone.At!.Value.ToUnixTimeMilliseconds();
            var share = ms == now ? 0 : (End(gone) - now) / (double)(ms - now);
            return new(words, [(now, o.Left!.Value * 100), (End(gone), o.Left.Value * 100 * (1 - share))]);
        }
    }

    private static string Words(GoneView gone) => $"{(gone.Window == "24h" ? "last day’s" : "last hour’s")} {Figures.Burn(gone.Rate)}";

    private static Instant? Shown(ObjectiveView o, long now, long end) =>
        o.Gone.Where(g => g.At is { } at && at.ToUnixTimeMilliseconds() > now && at.ToUnixTimeMilliseconds() <= end).Select(g => g.At).Max();

    private static string Sentence(ObjectiveView o, Reader reader) =>
        Phrase.Plain(Headlines.Of(o, reader)) + (o.Alerts.Count > 0 ? $" {Figures.Of(o.Alerts.Count(a => !a.Held), "alert")} in this time." : "");
}
