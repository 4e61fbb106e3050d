using Nines.Alerting.Silences;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Alerts.Manifests;

/// <summary>Parts of routing manifests that several kinds share.</summary>
internal static class RoutingFields
{
    /// <summary>Matchers, each a text such as <c>service=checkout</c>.</summary>
    public static IReadOnlyList<Matcher> Matchers(Field field)
    {
        var all = new List<Matcher>();
        if (field.Node is ManifestScalar)
        {
            Take(field, field.Text());
            return all;
        }

        foreach (var item in field.Items()) Take(item, item.Text());
        return all;

        void Take(Field at, string text)
        {
            if (text.Length == 0) return;
            var read = Matcher.Parse(text);
            if (read.Ok) all.Add(read.Value);
            else
                foreach (var problem in read.Problems) at.Wrong(problem.What, problem.Remedy);
        }
    }

    public static AlertSeverity? Severity(Field field) => field.Choice("page", "ticket", "log") switch
    {
        "page" => AlertSeverity.Page,
        "ticket" => AlertSeverity.Ticket,
        "log" => AlertSeverity.Log,
        _ => null,
    };

    public static DateTimeZone? Zone(Field field)
    {
        if (!field.Given) return null;
        var text = field.Text();
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) is { } zone) return zone;
        var meant = NearestName.Of(text, DateTimeZoneProviders.Tzdb.Ids);
        field.Wrong($"\"{text}\" is not an IANA time zone.", meant is null ? "Write one such as Europe/Berlin." : $"Did you mean {meant}?");
        return null;
    }

    /// <summary>One interval.</summary>
    public static TimeInterval Interval(Field field) => new()
    {
        Times = [.. Ranges(field.Optional("times"), TimeIntervalText.Time, "a stretch of a day", "09:00-17:00, which ends on the same day, at 24:00 at the latest")],
        Weekdays = [.. field.Optional("weekdays").Texts().SelectMany(t => TimeIntervalText.Weekday(t) ?? Wrong(field.Optional("weekdays"), t))],
        Days = [.. Ranges(field.Optional("daysOfMonth"), TimeIntervalText.Day, "a day of the month", "1:7, or -1 for the last")],
        Months = [.. Ranges(field.Optional("months"), TimeIntervalText.Month, "a month", "december, or 5:8")],
        Years = [.. Ranges(field.Optional("years"), TimeIntervalText.Year, "a year", "2026:2027")],
        Zone = Zone(field.Optional("timeZone")) ?? DateTimeZone.Utc,
    };

    private static IReadOnlyList<NumberRange> Wrong(Field field, string text)
    {
        field.Wrong($"\"{text}\" is not a day of the week.", "Write one such as saturday, or monday:friday.");
        return [];
    }

    private static List<T> Ranges<T>(Field field, Func<string, T?> read, string what, string example) where T : struct
    {
        var all = new List<T>();
        foreach (var text in field.Texts())
            if (read(text) is { } range) all.Add(range);
            else field.Wrong($"\"{text}\" is not {what}.", $"Write one such as {example}.");
        return all;
    }
}
