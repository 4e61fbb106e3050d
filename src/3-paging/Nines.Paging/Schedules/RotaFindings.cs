using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What a schedule breaks a rule with.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="What">What is found, with its figures.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Path">The field of the manifest that it is about.</param>
public sealed record RotaFinding(RotaRule Rule, string What, string Remedy, string Path);

/// <summary>What the rules need to know of a person.</summary>
/// <param name="Zone">Where they live; null where nobody said so.</param>
/// <param name="Reachable">True where they have a contact.</param>
public sealed record RotaPerson(DateTimeZone? Zone, bool Reachable);

/// <summary>Holds a schedule against the shipped rules.</summary>
public static class RotaFindings
{
    /// <summary>Everything found.</summary>
    /// <param name="rota">The schedule.</param>
    /// <param name="second">Its secondary; null where it has none.</param>
    /// <param name="isSecond">True where it is itself another's secondary.</param>
    /// <param name="person">What is known of somebody.</param>
    /// <param name="from">From when to look ahead.</param>
    public static IReadOnlyList<RotaFinding> Of(Rota rota, Rota? second, bool isSecond, Func<string, RotaPerson?> person, Instant from)
    {
        var findings = new List<RotaFinding>();
        var shifts = rota.Between(from, from + RotaRules.GapsAhead);
        DateTimeZone ZoneOf(string p) => person(p)?.Zone ?? rota.Schedule.Zone;
        Gaps(shifts, rota.Schedule.Zone, findings);
        Size(rota, findings);
        BackToBack(shifts, findings);
        Fairness(shifts, from, ZoneOf, findings);
        FollowTheSun(rota, shifts, from, ZoneOf, findings);
        Second(rota, shifts, second, isSecond, from, findings);
        foreach (var name in rota.Schedule.People.Where(p => person(p) is { Reachable: false }).Order(StringComparer.Ordinal))
            findings.Add(new(RotaRules.Reachable, $"{name} has no contact and cannot be called.", "Write contacts: in their Person manifest, or take them off.", "spec.layers"));
        Zones(rota, person, from, findings);
        return findings;
    }

    private static void Gaps(IReadOnlyList<Shift> shifts, DateTimeZone zone, List<RotaFinding> findings)
    {
        Shift[] gaps = [.. shifts.Where(s => s.IsGap)];
        if (gaps.Length == 0) return;
        var hours = gaps.Sum(g => (g.Until - g.From).TotalHours);
        findings.Add(new(
            RotaRules.Gaps, $"Nobody is on call in {Count(gaps.Length, "gap")} within 400 days, {Hours(hours)} in all; the first is {Words(gaps[0].From, zone)} to {Words(gaps[0].Until, zone)}.",
            "Add a layer below the others that always has somebody.", "spec.layers"));
    }

    private static void Size(Rota rota, List<RotaFinding> findings)
    {
        var people = rota.Schedule.Layers.Where(l => !l.Shadow).SelectMany(l => l.People).Distinct(StringComparer.Ordinal).Count();
        if (people is > 0 and < RotaRules.LeastPeople)
            findings.Add(new(RotaRules.Size, $"Only {(people == 1 ? "one person takes" : $"{people} people take")} turns.", $"Have at least {RotaRules.LeastPeople}, so that nobody is on call more than one week in five.", "spec.layers"));
    }

    private static void BackToBack(IReadOnlyList<Shift> shifts, List<RotaFinding> findings)
    {
        var longest = new Dictionary<string, (Instant From, Instant Until, Duration Longest)>(StringComparer.Ordinal);
        foreach (var shift in shifts)
            foreach (var name in shift.People)
            {
                var was = longest.GetValueOrDefault(name);
                var from = was.Until == shift.From && was.Longest > Duration.Zero ? was.From : shift.From;
                longest[name] = (from, shift.Until, Duration.Max(was.Longest, shift.Until - from));
            }

        foreach (var (name, stretch) in longest.OrderBy(l => l.Key, StringComparer.Ordinal))
            if (stretch.Longest > RotaRules.LongestStretch)
                findings.Add(new(RotaRules.BackToBack, $"{name} is on call for {stretch.Longest.TotalDays:0} days without a break.", "Shorten the turns, or add people.", "spec.layers"));
    }

    private static void Fairness(IReadOnlyList<Shift> shifts, Instant from, Func<string, DateTimeZone> zoneOf, List<RotaFinding> findings)
    {
        var until = from + RotaRules.SharesAhead;
        var shares = RotaShares.Of(shifts.Where(s => s.From < until).Select(s => s with { Until = Instant.Min(s.Until, until) }), zoneOf);
        if (shares.Count < 2) return;
        Unfair("hours", s => s.Hours, 168);
        Unfair("nights", s => s.NightHours, 70);
        Unfair("weekends", s => s.WeekendHours, 48);

        void Unfair(string what, Func<RotaShare, double> of, double turn)
        {
            var (mean, most) = (shares.Average(of), shares.MaxBy(of)!);
            if (of(most) > RotaRules.Unfair * mean && of(most) - mean > turn)
                findings.Add(new(RotaRules.Fairness, $"In the next quarter {most.Person} has {of(most):0} h of {what}; the mean is {mean:0} h.", "Even the turns out, or swap.", "spec.layers"));
        }
    }

    /// <summary>Hour by hour over four weeks: is whoever is on call asleep while another of them is awake?</summary>
    private static void FollowTheSun(Rota rota, IReadOnlyList<Shift> shifts, Instant from, Func<string, DateTimeZone> zoneOf, List<RotaFinding> findings)
    {
        var zones = rota.Schedule.Layers.Where(l => !l.Shadow).SelectMany(l => l.People).Distinct(StringComparer.Ordinal).Select(zoneOf).Distinct().ToArray();
        if (zones.Length < 2) return;
        var (hours, avoidable, i) = (0, 0, 0);
        for (var at = from; at < from + Duration.FromDays(28); at += Duration.FromHours(1))
        {
            while (shifts[i].Until <= at) i++;
            if (shifts[i].IsGap) continue;
            hours++;
            if (shifts[i].People.All(p => Asleep(at, zoneOf(p))) && zones.Any(z => !Asleep(at, z))) avoidable++;
        }

        if (hours > 0 && avoidable > hours * RotaRules.AvoidableNights)
            findings.Add(new(RotaRules.FollowTheSun, $"In {100.0 * avoidable / hours:0} % of the time whoever is on call sleeps while another of them is awake.", "Give each zone a layer of its own, with its own timeZone and hours.", "spec.layers"));
    }

    private static void Second(Rota rota, IReadOnlyList<Shift> shifts, Rota? second, bool isSecond, Instant from, List<RotaFinding> findings)
    {
        if (second is null)
        {
            if (!isSecond && rota.Schedule.Secondary is null)
                findings.Add(new(RotaRules.Second, "Nobody is second.", "Name another schedule in secondary:.", "spec.secondary"));
            return;
        }

        var others = second.Between(from, from + RotaRules.GapsAhead);
        var (hours, first) = (0d, default(Instant?));
        for (int a = 0, b = 0; a < shifts.Count && b < others.Count;)
        {
            var (start, end) = (Instant.Max(shifts[a].From, others[b].From), Instant.Min(shifts[a].Until, others[b].Until));
            if (start < end && shifts[a].People.Count > 0 && others[b].People.Count > 0 && shifts[a].People.Concat(others[b].People).Distinct(StringComparer.Ordinal).Count() < 2)
            {
                hours += (end - start).TotalHours;
                first ??= start;
            }

            if (shifts[a].Until <= end) a++;
            if (others[b].Until <= end) b++;
        }

        if (first is { } at)
            findings.Add(new(RotaRules.Second, $"For {Hours(hours)} of the next 400 days the same person is first and second; first {Words(at, rota.Schedule.Zone)}.", $"Shift the turns of {second.Schedule.Name} against these.", "spec.secondary"));
    }

    private static void Zones(Rota rota, Func<string, RotaPerson?> person, Instant from, List<RotaFinding> findings)
    {
        foreach (var layer in rota.Schedule.Layers.Where(l => l.Hours.Count > 0 && !l.Shadow))
        {
            var zone = layer.Zone ?? rota.Schedule.Zone;
            var cover = rota.Layers.First(l => l.Name == layer.Name).Between(from, from + Duration.FromDays(28)).Select(p => new Shift("", p.From, p.Until, p.Cover.People, "", "")).ToArray();
            foreach (var name in layer.People.Distinct(StringComparer.Ordinal))
            {
                if (person(name)?.Zone is not { } home || home.Equals(zone)) continue;
                Shift[] mine = [.. cover.Where(s => s.People.Contains(name, StringComparer.Ordinal)).Select(s => s with { People = [name] })];
                if (mine.Length == 0) continue;
                // Hours that are day where the layer is, and night where its people are.
                var (there, here) = (RotaShares.Of(mine, _ => zone)[0], RotaShares.Of(mine, _ => home)[0]);
                if (there.NightHours < there.Hours / 2 && here.NightHours > here.Hours / 2)
                    findings.Add(new(RotaRules.Zones, $"The hours of the layer {layer.Name} are day in {zone.Id}, but night where {name} lives ({home.Id}).", "Write the layer's timeZone, or mend the person's.", "spec.layers"));
            }
        }
    }

    private static bool Asleep(Instant at, DateTimeZone zone) => at.InZone(zone).Hour is >= RotaRules.NightFrom or < RotaRules.NightUntil;

    private static string Words(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("ddd yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Hours(double hours) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hours:0.#} h");

    private static string Count(int count, string one) => $"{count} {(count == 1 ? one : one + "s")}";
}
