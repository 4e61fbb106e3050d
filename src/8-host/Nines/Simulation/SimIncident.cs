using System.Collections.Immutable;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>A line that a timeline owes: of which kind, what it must say at least, and whose it is.</summary>
internal sealed record SimLine(TimelineKind Kind, string Says, string By = "", string Id = "")
{
    public bool Is(TimelineLine line) => line.Kind == Kind && line.By == By && line.Text.Contains(Says, StringComparison.Ordinal) && (Id.Length == 0 || line.Id == Id);
}

/// <summary>One incident as the world knows it: what the journal took of it, counted by hand. No fold and no rule of the room has a part in it.</summary>
internal sealed class SimIncident(IncidentDeclared declared, Instant at)
{
    // What the indicators, alerts and changes add by themselves is told elsewhere.
    private static readonly TimelineKind[] ByThemselves = [TimelineKind.Impact, TimelineKind.Alert, TimelineKind.Change];

    private readonly Queue<SimLine> _owed = new();
    private readonly List<string> _seen = [];

    public string Id => declared.Id;

    public int Number => declared.Number;

    public string Name => $"INC-{declared.Number}";

    public bool Drill => declared.Drill;

    public string Title => declared.Title;

    public IncidentSeverity Severity { get; set; } = declared.Severity;

    public IncidentPhase Phase { get; set; } = IncidentPhase.Triage;

    public Instant DetectedAt { get; set; } = declared.DetectedAt;

    public List<string> Services { get; } = [.. declared.Services];

    public List<string> Pages { get; } = [.. declared.Pages];

    public List<string> Alerts { get; } = [.. declared.Alerts];

    public List<(IncidentRole Role, string Person)> Roles { get; } = [];

    public HashSet<string> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>What happened to it, in order.</summary>
    public List<object> Events { get; } = [declared];

    public bool Resolved { get; set; }

    public string MergedInto { get; set; } = "";

    public bool Open => !Resolved && MergedInto.Length == 0;

    /// <summary>From when the time of the next check-in counts, by the wall clock.</summary>
    public Instant AskedAt { get; set; } = at;

    /// <summary>Which check-in it waits for.</summary>
    public int Turn { get; set; }

    /// <summary>True once that was missed.</summary>
    public bool Missed { get; set; }

    /// <summary>The timeline must have a further line.</summary>
    public void Owes(SimLine line)
    {
        if (!ByThemselves.Contains(line.Kind)) _owed.Enqueue(line);
    }

    /// <summary>What of it the house knows otherwise; null where both agree.</summary>
    /// <param name="house">As the house has it; null where it has not.</param>
    /// <param name="whole">True to compare every line anew, as after a start.</param>
    public string? Differs(Incident? house, bool whole)
    {
        if (house is null) return "it is gone";
        if (house.Number != Number) return $"its number is {house.Number}";
        if (house.Severity != Severity) return $"it is {house.Severity}, and {Severity} was said";
        if (house.Phase != Phase) return $"its phase is {house.Phase}, and must be {Phase}";
        if (house.Open != Open || house.MergedInto != MergedInto || house.ResolvedAt is not null != Resolved) return $"it is {(house.Open ? "open" : "over")}, and must not be";
        if (house.CheckInMissed != Missed && Open) return $"its check-in counts as {(house.CheckInMissed ? "missed" : "not missed")}";
        if (house.CheckedInAt != AskedAt) return $"the time of its check-in counts from {house.CheckedInAt}, and must from {AskedAt}";
        if (house.Drill != Drill || house.Title != Title || house.DetectedAt != DetectedAt) return "it is another one";
        return Set("services", house.Services, Services) ?? Set("pages", house.Pages, Pages) ?? Set("alerts", house.Alerts, Alerts) ?? Set("checklist", house.Done, Done)
            ?? Set("roles", house.Roles.Select(r => $"{r.Role} {r.Person}"), Roles.Select(r => $"{r.Role} {r.Person}")) ?? Lines(house.Timeline, whole);
    }

    private static string? Set(string what, IEnumerable<string> house, IEnumerable<string> own)
    {
        var (has, must) = (house.Order(StringComparer.Ordinal).ToArray(), own.Order(StringComparer.Ordinal).ToArray());
        return has.AsSpan().SequenceEqual(must) ? null : $"its {what} are {string.Join(", ", has)}; they must be {string.Join(", ", must)}";
    }

    /// <summary>Lines are added, never rewritten: what was there is there, and what is new is what was owed, each once.</summary>
    private string? Lines(ImmutableList<TimelineLine> lines, bool whole)
    {
        if (lines.Count < _seen.Count) return $"its timeline had {_seen.Count} lines, and has {lines.Count}";
        for (var i = whole ? 0 : Math.Max(0, _seen.Count - 1); i < _seen.Count; i++)
            if (_seen[i] != Text(lines[i])) return $"its line {i} was \"{_seen[i]}\" and is \"{Text(lines[i])}\"";
        for (var i = _seen.Count; i < lines.Count; i++)
        {
            _seen.Add(Text(lines[i]));
            if (ByThemselves.Contains(lines[i].Kind)) continue;
            if (!_owed.TryDequeue(out var owed)) return $"its timeline says \"{Text(lines[i])}\", which nobody said";
            if (!owed.Is(lines[i])) return $"its timeline says \"{Text(lines[i])}\", and the next line was to be \"{owed}\"";
        }

        return _owed.TryPeek(out var missing) ? $"its timeline has no line \"{missing}\"" : null;
    }

    private static string Text(TimelineLine line) => $"{line.Id} {line.Kind} {line.Text} {line.By} {line.About}";
}
