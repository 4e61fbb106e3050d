using System.Globalization;
using Nines.Kernel;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Nines.Paging.Schedules.Calendars;

/// <summary>
/// Reads a calendar (RFC 5545). What it cannot take it says, by line, and takes the rest; Ical.Net is the library that
/// would replace it.
/// </summary>
public sealed class IcsReader
{
    // A year of hourly shifts; what is larger is no schedule.
    private const int MostEvents = 10_000;
    private const int MostProblems = 50;

    // Each is unfolded whenever somebody asks who is on call.
    private const int MostRules = 500;

    // Nobody's shift: and behind the last year that a calendar knows there is no end.
    private const int MostDays = 3660;

    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly List<IcsEvent> _events = [];
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, DateTimeZone> _zones = new(StringComparer.Ordinal);

    private IcsReader()
    {
    }

    /// <summary>Reads a calendar's text; never throws on any.</summary>
    public static IcsCalendar Read(string text)
    {
        var reader = new IcsReader();
        var lines = IcsText.Unfold(text).Select(l => (l.Number, Property: IcsProperty.Parse(l.Line))).ToArray();
        if (!lines.Any(l => l.Property is { Name: "BEGIN" } p && p.Value.Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase)))
            reader.Say(1, "This is no calendar.", "Give the text of an .ics file, which begins with BEGIN:VCALENDAR.");
        foreach (var zone in Components(lines, "VTIMEZONE")) reader.ReadZone(zone);
        foreach (var one in Components(lines, "VEVENT"))
        {
            if (reader._events.Count >= MostEvents)
            {
                reader.Say(one[0].Number, $"There are more than {MostEvents} events.", "Export a shorter time.");
                break;
            }

            reader.ReadEvent(one);
        }

        return new(reader._events, reader._problems);
    }

    private static IEnumerable<(int Number, IcsProperty? Property)[]> Components((int Number, IcsProperty? Property)[] lines, string name)
    {
        var start = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Property is not { } p || !p.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (p.Name == "BEGIN") start = i;
            else if (p.Name == "END" && start >= 0)
            {
                yield return lines[start..i];
                start = -1;
            }
        }
    }

    private void ReadZone((int Number, IcsProperty? Property)[] lines)
    {
        string? Of(string name) => lines.Select(l => l.Property).FirstOrDefault(p => p?.Name == name)?.Value;
        if (Of("TZID") is not { } id || Known(id) is not null) return;
        var offsets = lines.Where(l => l.Property?.Name == "TZOFFSETTO").Select(l => l.Property!.Value).Distinct(StringComparer.Ordinal).ToArray();
        if (Of("X-LIC-LOCATION") is { } place && Known(place) is { } zone) _zones[id] = zone;
        // One offset all year needs no rules.
        else if (offsets.Length == 1 && OffsetPattern.CreateWithInvariantCulture("+HHmm").Parse(offsets[0]) is { Success: true } offset) _zones[id] = DateTimeZone.ForOffset(offset.Value);
    }

    private void ReadEvent((int Number, IcsProperty? Property)[] lines)
    {
        var before = _problems.Count;
        var line = lines[0].Number;
        // Reminders inside an event have properties of the same names.
        var own = new List<(int Number, IcsProperty Property)>();
        var depth = 0;
        foreach (var (number, property) in lines.Skip(1))
        {
            if (property is null) continue;
            if (property.Name == "BEGIN") depth++;
            else if (property.Name == "END") depth--;
            else if (depth == 0) own.Add((number, property));
        }

        (int Number, IcsProperty Property)? Of(string name) => own.Where(o => o.Property.Name == name).Select(o => ((int, IcsProperty)?)o).FirstOrDefault();
        if (Of("DTSTART") is not { } begins)
        {
            Say(line, "The event has no DTSTART.", "Write when it begins.");
            return;
        }

        var start = Moment(begins);
        var end = Of("DTEND") is { } ends ? Moment(ends) : null;
        var length = Of("DURATION") is { } lasts ? Length(lasts) : null;
        if (start is null || _problems.Count > before) return;
        var until = end is not null ? (end.Zone is null && start.Zone is null) || Equals(end.Zone, start.Zone) ? end.Local : end.In(DateTimeZone.Utc).InZone(start.Zone ?? DateTimeZone.Utc).LocalDateTime
            : length is { } period ? start.Local + period
            // RFC 5545, 3.6.1: a day without an end lasts that day.
            : start.DateOnly ? start.Local.PlusDays(1) : start.Local;
        if (until <= start.Local)
        {
            Say(line, "The event ends when it begins, or before.", "Write DTEND or DURATION.");
            return;
        }

        var rule = Of("RRULE") is { } repeats ? IcsRules.Read(repeats.Property.Value, text => Moment((repeats.Number, repeats.Property with { Value = text, Parameters = [] })), (what, remedy) => Say(repeats.Number, what, remedy)) : null;
        var replaces = Of("RECURRENCE-ID");
        if (replaces is { } range && range.Property.Parameter("RANGE") is not null) Say(range.Number, "A change of this and all later repetitions is not taken.", "Export the calendar with single changes.");
        var one = new IcsEvent
        {
            Uid = Of("UID")?.Property.Value ?? "",
            Line = line,
            Sequence = int.TryParse(Of("SEQUENCE")?.Property.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0,
            Start = start.Local,
            End = until,
            Zone = start.Zone,
            Names = [.. Names(own)],
            Cancelled = string.Equals(Of("STATUS")?.Property.Value, "CANCELLED", StringComparison.OrdinalIgnoreCase),
            Rule = rule,
            Except = [.. Moments(own, "EXDATE")],
            Also = [.. Moments(own, "RDATE")],
            Replaces = replaces is { } which ? Moment(which) : null,
        };
        if (rule is not null && _events.Count(e => e.Rule is not null) >= MostRules) Say(line, $"There are more than {MostRules} events that repeat.", "Export fewer of them.");
        if (_problems.Count == before) _events.Add(one);
    }

    /// <summary>Who: the summary, then those invited.</summary>
    private static IEnumerable<string> Names(List<(int Number, IcsProperty Property)> own)
    {
        foreach (var (_, p) in own.Where(o => o.Property.Name is "SUMMARY"))
            foreach (var name in IcsText.Unescape(p.Value).Split([',', '\n', '+', '&'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) yield return name;
        foreach (var (_, p) in own.Where(o => o.Property.Name is "ATTENDEE"))
        {
            if (p.Value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) yield return p.Value[7..];
            if (p.Parameter("CN") is { } name) yield return name;
        }
    }

    private IEnumerable<IcsMoment> Moments(List<(int Number, IcsProperty Property)> own, string name) => own.Where(o => o.Property.Name == name)
        .SelectMany(o => o.Property.Value.Split(',').Select(v => Moment((o.Number, o.Property with { Value = v })))).OfType<IcsMoment>();

    private IcsMoment? Moment((int Number, IcsProperty Property) at)
    {
        var text = at.Property.Value.Trim();
        if (Day.Parse(text) is { Success: true } day && Sound(day.Value.Year)) return new(day.Value.AtMidnight(), null, true);
        var utc = text.EndsWith('Z');
        if (Time.Parse(utc ? text[..^1] : text) is not { Success: true } time || !Sound(time.Value.Year))
        {
            Say(at.Number, $"\"{Short(text)}\" is not a time.", "Write one such as 20260105T090000 or 20260105.");
            return null;
        }

        if (utc) return new(time.Value, DateTimeZone.Utc, false);
        if (at.Property.Parameter("TZID") is not { } id) return new(time.Value, null, false);
        if (Known(id) is { } zone) return new(time.Value, zone, false);
        Say(at.Number, $"The zone \"{Short(id)}\" is not known.", "Export the calendar with IANA zones such as Europe/Berlin.");
        return null;
    }

    private Period? Length((int Number, IcsProperty Property) at)
    {
        if (PeriodPattern.NormalizingIso.Parse(at.Property.Value.Trim().TrimStart('+')) is { Success: true } parsed && !at.Property.Value.Contains('-', StringComparison.Ordinal))
        {
            if (DaysOf(parsed.Value) <= MostDays) return parsed.Value;
            Say(at.Number, $"An event of \"{Short(at.Property.Value)}\" is longer than ten years.", "Write a shorter one that repeats.");
            return null;
        }

        Say(at.Number, $"\"{Short(at.Property.Value)}\" is not a length.", "Write one such as PT12H or P1W.");
        return null;
    }

    private static double DaysOf(Period length) =>
        (length.Years * 366.0) + (length.Months * 31.0) + (length.Weeks * 7.0) + length.Days + (length.Hours / 24.0) + (length.Minutes / 1440.0) + (length.Seconds / 86400.0);

    /// <summary>IANA names, also behind a vendor's prefix, and Windows' names.</summary>
    private DateTimeZone? Known(string id)
    {
        id = id.Trim('"');
        if (_zones.TryGetValue(id, out var known)) return known;
        for (var name = id.TrimStart('/'); ; name = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone) return _zones[id] = zone;
            if (!name.Contains('/', StringComparison.Ordinal)) break;
        }

        return TzdbDateTimeZoneSource.Default.WindowsToTzdbIds.TryGetValue(id, out var windows) ? _zones[id] = DateTimeZoneProviders.Tzdb[windows] : null;
    }

    private void Say(int line, string what, string remedy)
    {
        if (_problems.Count < MostProblems) _problems.Add(Problem.Invalid(what, remedy, null, new(null, line, 1)));
    }

    private static bool Sound(int year) => year is >= 1971 and < 2300;

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
