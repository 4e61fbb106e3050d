using Nines.Measuring.Changes;
using Nines.Shell.Charts;
using NodaTime;

namespace Nines.Measuring.Objectives.Ui;

/// <summary>The failed share of an objective by minute, with the changes on it: what an incident's room and its postmortem show.</summary>
public static class FailedMinutesChart
{
    /// <summary>Draws a stretch of minutes.</summary>
    /// <param name="minutes">The objective's minutes of that stretch.</param>
    /// <param name="objective">Its name.</param>
    /// <param name="services">Whose changes are marked.</param>
    /// <param name="changes">All changes.</param>
    /// <param name="from">Begin of the stretch.</param>
    /// <param name="until">Its end.</param>
    /// <param name="zone">The reader's zone.</param>
    /// <param name="height">Pixels.</param>
    public static TimeChart Draw(ObjectiveMinutes minutes, string objective, IEnumerable<string> services, ChangeBook changes, Instant from, Instant until, DateTimeZone zone, int height)
    {
        double[] failed = [.. minutes.Bad.Select((bad, i) => double.IsFinite(minutes.Total[i]) ? minutes.Total[i] > 0 ? 100 * bad / minutes.Total[i] : 0 : double.NaN)];
        var most = failed.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return new()
        {
            Title = $"{objective}: failed, % by minute",
            Sentence = $"Failed share of {objective} by minute, at most {most:0.#} %.",
            Time = new(from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()),
            Value = new(0, Math.Max(1, most * 1.1)),
            Zone = zone.Id,
            Height = height,
            Zoom = false,
            Series = [new("failed", "\u00a0%", minutes.From.ToUnixTimeMilliseconds(), 60_000, failed, SeriesForm.Bars, SeriesTone.Bad)],
            Marks = [.. services.SelectMany(s => ChangeMarks.Of(changes, s, from, until)).DistinctBy(m => (m.AtMs, m.Title)).OrderBy(m => m.AtMs)],
        };
    }
}
