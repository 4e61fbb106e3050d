using System.Globalization;
using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;
using NodaTime.Text;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary>Reads the parts of an SLO.</summary>
internal static class SloReading
{
    // The longest minutes that a setting can keep (ObjectivesOptions.KeepMinutes).
    private static readonly Duration LongestWindow = Duration.FromDays(800);

    private static readonly LocalDateTimePattern Start = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm:ss");
    private static readonly LocalDateTimePattern IsoStart = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm:ss");
    private static readonly LocalDatePattern StartDay = LocalDatePattern.Iso;

    public static BudgetingMethod Method(Field field)
    {
        if (!field.Given) field.Deviates("The budgeting method is missing; Occurrences is meant.", "Write budgetingMethod: Occurrences.");
        return Enum.TryParse<BudgetingMethod>(field.Choice("Occurrences", "Timeslices", "RatioTimeslices"), out var method) ? method : BudgetingMethod.Occurrences;
    }

    public static (IndicatorDefinition? Inline, string? Ref) Indicator(Field field, Field reference)
    {
        var named = reference.Given ? reference.Text() : null;
        if (!field.IsMapping()) return (null, named);
        var metadata = ManifestMetadata.ReadInline(field);
        field.Knows("apiVersion", "kind");
        var spec = field.Optional("spec");
        if (spec.Given || named is not null || metadata.Name.Length == 0)
            return (SliReading.Read(field.Require("spec", "Write spec: with ratioMetric or thresholdMetric."), metadata.Name), named);
        field.Deviates($"The indicator has a name and no spec; the SLI \"{metadata.Name}\" is meant.", $"Write indicatorRef: {metadata.Name}, or spec: with ratioMetric or thresholdMetric.");
        return (null, metadata.Name);
    }

    public static ObjectiveWindow Window(Field field)
    {
        // Examples write the window without the list, too.
        var items = field.Node is ManifestMapping ? [field] : field.Items();
        if (field.Node is ManifestMapping) field.Deviates("One window stands here without a list.", "Write timeWindow: [{ duration: 28d, isRolling: true }].");
        if (items.Count == 0) return ObjectiveWindow.Default;
        if (items.Count > 1) items[1].Wrong($"Here are {items.Count} windows.", "OpenSLO allows exactly one; write an SLO for each.");
        var item = items[0];
        var duration = item.Require("duration", "Write duration: such as 28d.");
        var length = OpenSloDuration.Read(duration);
        var calendar = item.Optional("calendar");
        var rolling = item.Optional("isRolling").Flag();
        if (calendar.Given && rolling == true) item.Wrong("A window with a calendar does not roll.", "Remove calendar, or write isRolling: false.");
        if (!calendar.Given && rolling != true)
            item.Deviates(rolling is null ? "isRolling is missing; without a calendar the window rolls." : "A window that does not roll needs a calendar; it is read as rolling.", "Write isRolling: true, or calendar: with startTime and timeZone.");
        if (length is null)
        {
            if (calendar.Given) ReadCalendar(calendar);
            return ObjectiveWindow.Default;
        }

        return calendar.Given ? Calendar(calendar, duration, length.Value) : Rolling(duration, length.Value);
    }

    public static IReadOnlyList<SloObjective> Objectives(Field field, BudgetingMethod method)
    {
        var objectives = field.Items().Select((item, i) => Objective(item, i, method)).OfType<SloObjective>().ToArray();
        if (field.Node is ManifestSequence { Items.Count: 0 }) field.Wrong("There is no objective.", "Write objectives: [{ target: 0.999 }].");
        foreach (var twins in objectives.Where(o => o.DisplayName.Length > 0).GroupBy(o => o.DisplayName).Where(g => g.Count() > 1))
            field.Items()[twins.Last().Index].Optional("displayName").Wrong($"Two objectives are called \"{twins.Key}\".", "Give each a name of its own; it is their address.");
        return objectives;
    }

    public static IReadOnlyList<PolicyUse> Policies(Field field)
    {
        if (field.Node is ManifestScalar { IsNull: true }) field.Deviates("alertPolicies is empty; the shipped policy applies.", "Remove it, or name a policy.");
        var uses = new List<PolicyUse>();
        foreach (var item in field.Items())
        {
            if (item.Node is ManifestScalar) uses.Add(new(AlertReading.Bare(item, "alertPolicyRef"), null));
            else if (item.Optional("alertPolicyRef") is { Given: true } reference) uses.Add(new(reference.Text(), null));
            else
            {
                var metadata = AlertReading.Inline(item, "AlertPolicy");
                uses.Add(new(null, AlertReading.Policy(item.Require("spec", "Write spec: with conditions, or alertPolicyRef:."), metadata.Name)));
            }
        }

        return uses;
    }

    public static SloExtras Extras(Field annotations)
    {
        var (noData, stale, failures) = (annotations.Below("nines/no-data"), annotations.Below("nines/stale-after"), annotations.Below("nines/min-failures"));
        if (annotations.Node is ManifestMapping mapping)
        {
            foreach (var entry in mapping.Entries)
                if (entry.Name.StartsWith("nines/", StringComparison.Ordinal) && entry.Name is not ("nines/no-data" or "nines/stale-after" or "nines/min-failures"))
                    annotations.Below(entry.Name).Wrong($"There is no annotation \"{entry.Name}\" that Nines reads.", "Known: nines/no-data, nines/stale-after, nines/min-failures.");
        }

        // Annotations are texts, so a number stands in quotes here.
        int? least = null;
        if (failures.Given && int.TryParse(failures.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= 1_000_000) least = n;
        else if (failures.Given) failures.Wrong($"\"{failures.Text()}\" is not a whole number.", "Write one such as \"3\".");
        return new(Enum.TryParse<NoDataPolicy>(noData.Choice("ignore", "bad", "good"), ignoreCase: true, out var policy) ? policy : null, stale.Duration(), least);
    }

    public static void CheckIndicators(SloDefinition slo, Field spec, Field indicator, Field reference)
    {
        var shared = indicator.Given || reference.Given;
        if (indicator.Given && reference.Given) reference.Wrong("indicator and indicatorRef stand side by side.", "Keep one.");
        if (slo.IsComposite && shared) spec.Wrong("An SLI stands for the whole SLO and others for single objectives.", "Write indicators in every objective (a composite), or one for all.");
        if (slo.IsComposite && slo.Objectives.Any(o => o.Indicator is null && o.IndicatorRef is null)) spec.Wrong("Some objectives have an SLI of their own and some have none.", "A composite needs one in each.");
        if (!slo.IsComposite && !shared) spec.Require("indicator", "Write indicator: or indicatorRef:.");
        for (var i = 0; i < slo.Objectives.Count; i++)
        {
            var objective = slo.Objectives[i];
            var field = spec.Optional("objectives").Items()[objective.Index];
            var threshold = (objective.Indicator ?? slo.Indicator)?.Threshold is not null;
            var ratio = (objective.Indicator ?? slo.Indicator) is { } own && own.Threshold is null;
            if (ratio && (objective.Operator is not null || objective.Value is not null))
                field.Optional(objective.Operator is null ? "value" : "op").Deviates("op and value say nothing about a ratio.", "Remove them; they belong to a thresholdMetric.");
            if (threshold && Limit(objective) is { } missing) field.Deviates(missing.What, missing.Remedy);
        }
    }

    /// <summary>What an objective over a threshold metric does not say; OpenSLO's schema lets it, so it is kept, without data.</summary>
    public static (string What, string Remedy)? Limit(SloObjective objective) => (objective.Operator, objective.Value) switch
    {
        (null, null) => (NoLimit("op and value"), "Write op: lte and value: with the limit of a good sample."),
        (null, _) => (NoLimit("op"), "Write op: lte, gte, lt or gt."),
        (_, null) => (NoLimit("value"), "Write value: with the limit of a good sample."),
        _ => null,
    };

    private static string NoLimit(string missing) => $"Without {missing} no sample can be told good from bad; the objective has no data.";

    private static ObjectiveWindow Rolling(Field field, OpenSloDuration length)
    {
        if (length.IsCalendarUnit)
            field.Notes($"A rolling window of {length.Count}{length.Unit} is {length.Length.TotalDays:0} days.", $"Write {length.Length.TotalDays:0}d, or a calendar window.");
        else if (length.Length < Duration.FromHours(1))
            field.Notes($"A rolling window of {length.Count}{length.Unit} is {length.Length.TotalMinutes:0.##} minutes long.", length.Unit == 'm' ? $"If months are meant, write {length.Count}M." : "Write a longer one.");
        if (length.Length < Duration.FromMinutes(1)) field.Wrong("The window is shorter than a minute.", "Write at least 1m.");
        if (length.Length <= LongestWindow) return new RollingWindow(Duration.Max(length.Length, Duration.FromMinutes(1)));
        TooLong(field, length);
        return ObjectiveWindow.Default;
    }

    private static ObjectiveWindow Calendar(Field calendar, Field duration, OpenSloDuration length)
    {
        var (start, zone) = ReadCalendar(calendar);
        if (length.Length > LongestWindow)
        {
            TooLong(duration, length);
            return ObjectiveWindow.Default;
        }

        switch (length.Unit)
        {
            case 'd': return new CalendarWindow(start, zone, CalendarUnit.Day, length.Count);
            case 'w': return new CalendarWindow(start, zone, CalendarUnit.Week, length.Count);
            case 'M': return new CalendarWindow(start, zone, CalendarUnit.Month, length.Count);
            case 'Q': return new CalendarWindow(start, zone, CalendarUnit.Quarter, length.Count);
            case 'Y': return new CalendarWindow(start, zone, CalendarUnit.Year, length.Count);
            case 'm' when length.Count <= 12:
                duration.Deviates($"{length.Count}m are minutes, and calendars have none; {length.Count}M is meant.", $"Write {length.Count}M.");
                return new CalendarWindow(start, zone, CalendarUnit.Month, length.Count);
            default:
                duration.Wrong($"A calendar has no periods of {length.Count}{length.Unit}.", "Write d, w, M, Q or Y, such as 1M; minutes and hours belong to rolling windows.");
                return ObjectiveWindow.Default;
        }
    }

    private static (LocalDateTime Start, DateTimeZone Zone) ReadCalendar(Field calendar)
    {
        var start = calendar.Require("startTime", "Write startTime: 2026-01-01 00:00:00.");
        var zone = calendar.Require("timeZone", "Write timeZone: with an IANA name such as Europe/Berlin.");
        var local = new LocalDateTime(2024, 1, 1, 0, 0);
        var text = start.Text();
        if (Start.Parse(text) is { Success: true } exact) local = exact.Value;
        else if (IsoStart.Parse(text.TrimEnd('Z')) is { Success: true } iso)
        {
            start.Deviates($"\"{text}\" is not OpenSLO's form of a time.", $"Write {Start.Format(iso.Value)}; the zone stands in timeZone.");
            local = iso.Value;
        }
        else if (StartDay.Parse(text) is { Success: true } day)
        {
            start.Deviates($"\"{text}\" has no time of day; midnight is meant.", $"Write {text} 00:00:00.");
            local = day.Value.AtMidnight();
        }
        else if (text.Length > 0) start.Wrong($"\"{text}\" is not a time.", "Write one such as 2026-01-01 00:00:00, without a zone.");

        if (!zone.Given) return (local, DateTimeZone.Utc);
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone.Text()) is { } known) return (local, known);
        var meant = NearestName.Of(zone.Text(), DateTimeZoneProviders.Tzdb.Ids);
        zone.Wrong($"\"{zone.Text()}\" is not an IANA time zone.", meant is null ? "Write one such as Europe/Berlin." : $"Did you mean {meant}?");
        return (local, DateTimeZone.Utc);
    }

    private static void TooLong(Field field, OpenSloDuration length) => field.Wrong(
        $"A window of {length.Count}{length.Unit} is {length.Length.TotalDays:0} days, longer than Nines keeps minutes.", $"Write at most {LongestWindow.TotalDays:0}d.");

    private static SloObjective? Objective(Field item, int index, BudgetingMethod method)
    {
        if (!item.IsMapping()) return null;
        var op = item.Optional("op").Choice("lte", "gte", "lt", "gt");
        var sliceTarget = item.Optional("timeSliceTarget");
        var slice = item.Optional("timeSliceWindow");
        var weight = item.Optional("compositeWeight");
        var (indicator, reference) = Indicator(item.Optional("indicator"), item.Optional("indicatorRef"));
        if (method == BudgetingMethod.Timeslices && !sliceTarget.Given) item.Require("timeSliceTarget", "Write timeSliceTarget: with the least good ratio of a good slice, such as 0.99.");
        if (method != BudgetingMethod.Timeslices && sliceTarget.Given) sliceTarget.Deviates($"timeSliceTarget says nothing with {method}.", "Remove it.");
        if (method != BudgetingMethod.Occurrences && !slice.Given) item.Deviates($"timeSliceWindow is missing with {method}; 1m is meant.", "Write timeSliceWindow: 1m.");
        if (method == BudgetingMethod.Occurrences && slice.Given) slice.Deviates("timeSliceWindow says nothing with Occurrences.", "Remove it.");
        if (weight.Number() is <= 0) weight.Wrong($"A weight of {weight.Text()} is not above zero.", "Write one above 0; the default is 1.");
        var good = sliceTarget.Number();
        if (good is <= 0 or > 1) sliceTarget.Wrong($"{Text(good.Value)} is not a ratio above 0 up to 1.", "Write one such as 0.99.");
        var target = TargetReading.Read(item);
        var displayName = item.Optional("displayName").Text();
        var read = new SloObjective(index, displayName, target ?? 0.5)
        {
            Operator = op is null ? null : Enum.Parse<ThresholdOperator>(op, ignoreCase: true),
            Value = item.Optional("value").Number(),
            TimeSliceTarget = good,
            TimeSliceWindow = ReadSlice(slice),
            Indicator = indicator,
            IndicatorRef = reference,
            Weight = weight.Number() ?? 1,
        };
        return read;
    }

    private static Duration? ReadSlice(Field field)
    {
        if (!field.Given) return null;
        // A bare number means minutes (OpenSLO v1, timeSliceWindow).
        var length = field.Node is ManifestScalar { Quoted: false } scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? Duration.FromMinutes(minutes)
            : OpenSloDuration.Read(field)?.Length;
        if (length is null) return null;
        if (length >= Duration.FromMinutes(1) && length <= Duration.FromDays(1) && length.Value.TotalMinutes == Math.Floor(length.Value.TotalMinutes)) return length;
        field.Wrong($"A slice of {field.Text()} cannot be counted.", "Write whole minutes from 1m to 1d.");
        return null;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
