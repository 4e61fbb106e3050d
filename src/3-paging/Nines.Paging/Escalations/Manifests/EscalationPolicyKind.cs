using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Paging.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Escalations.Manifests;

/// <summary><c>nines/v1 EscalationPolicy</c>.</summary>
internal sealed class EscalationPolicyKind : ManifestKind<EscalationPolicy>
{
    private const int MostSteps = 20;
    private const int MostRounds = 10;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly Duration Shortest = Duration.FromSeconds(5);
    private static readonly Duration Longest = Duration.FromHours(24);

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "EscalationPolicy";

    /// <inheritdoc />
    public override string Summary => "Who is called about a page that nobody takes on: steps, delays, rounds.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: EscalationPolicy
        metadata: { name: payments }
        spec:
          steps:
            - notify: [ { schedule: payments-primary } ]
              delay: 5m
            - notify: [ { schedule: payments-secondary } ]
              delay: 5m
            - notify: [ { lead: payments } ]
              delay: 5m
              hours: { timeZone: Europe/Berlin, days: [monday, tuesday, wednesday, thursday, friday], from: "08:00", until: "18:00" }
              otherwise: [ { role: cto } ]
          repeat: 3
          acknowledgements: 1
          unacknowledgeAfter: 4h

        """;

    /// <inheritdoc />
    protected override EscalationPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var steps = spec.Require("steps", "Write steps: with what is called first, then next.");
        var read = steps.Items().Select(ReadStep).ToArray();
        if (steps.Given && read.Length == 0) steps.Wrong("A policy without a step calls nobody.", "Write at least one step.");
        if (read.Length > MostSteps) steps.Wrong($"{read.Length} steps are more than {MostSteps}.", "Nobody is helped by the rest: leave it out.");
        var rounds = spec.Optional("repeat").Integer(1, MostRounds) ?? 1;
        var needs = spec.Optional("acknowledgements").Integer(1, MostSteps) ?? 1;
        var again = spec.Optional("unacknowledgeAfter");
        var after = again.Duration();
        if (after < Duration.FromMinutes(5) && after != Duration.Zero) again.Wrong("Somebody who has just taken a page on must have time to work.", "Write at least 5m, or 0s for never.");
        return read.Length == 0 ? null : new()
        {
            Name = metadata.Name,
            Steps = read,
            Rounds = (int)rounds,
            Acknowledgements = (int)needs,
            UnacknowledgeAfter = after is null ? ShippedPolicy.Policy.UnacknowledgeAfter : after > Duration.Zero ? after : null,
        };
    }

    /// <inheritdoc />
    protected override void Check(EscalationPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Steps.Count; i++)
        {
            CheckTargets(spec.Steps[i].Notify, $"spec.steps[{i}].notify");
            CheckTargets(spec.Steps[i].Otherwise, $"spec.steps[{i}].otherwise");
        }

        void CheckTargets(IReadOnlyList<EscalationTarget> targets, string path)
        {
            for (var i = 0; i < targets.Count; i++)
                if (Missing(targets[i], all) is { } missing) manifest.Notes(problems, missing, "Write one of that name; until then this calls nobody.", $"{path}[{i}]");
        }
    }

    private static string? Missing(EscalationTarget target, ManifestSet all) => target.Kind switch
    {
        TargetKind.Schedule when !all.Has("nines/v1", "Schedule", target.Name) => $"There is no schedule \"{target.Name}\". {all.DidYouMean<Schedule>(target.Name)}".TrimEnd(),
        TargetKind.Person when !all.Has("nines/v1", "Person", target.Name) => $"There is no person \"{target.Name}\". {all.DidYouMean<Person>(target.Name)}".TrimEnd(),
        TargetKind.Team or TargetKind.Lead when !all.Has("nines/v1", "Team", target.Name) => $"There is no team \"{target.Name}\". {all.DidYouMean<Team>(target.Name)}".TrimEnd(),
        _ => null,
    };

    private static EscalationStep ReadStep(Field step)
    {
        var notify = step.Require("notify", "Write notify: with what this step calls.");
        var targets = ReadTargets(notify);
        var delay = step.Optional("delay");
        var lasts = delay.Duration() ?? Duration.FromMinutes(5);
        if (lasts < Shortest || lasts > Longest) delay.Wrong("A step lasts from 5s to 24h.", "Write one such as 5m.");
        var hours = ReadHours(step.Optional("hours"));
        var otherwise = step.Optional("otherwise");
        if (otherwise.Given && !step.Optional("hours").Given) otherwise.Wrong("otherwise: counts outside of hours, but there are none.", "Write hours:, or leave otherwise: out.");
        return new(targets, lasts, step.Optional("roundRobin").Flag() ?? false, hours, ReadTargets(otherwise));
    }

    private static List<EscalationTarget> ReadTargets(Field field)
    {
        var targets = new List<EscalationTarget>();
        foreach (var item in field.Node is ManifestMapping ? [field] : field.Items())
        {
            (TargetKind Kind, Field Field)[] written =
            [
                (TargetKind.Schedule, item.Optional("schedule")), (TargetKind.Person, item.Optional("person")), (TargetKind.Team, item.Optional("team")),
                (TargetKind.Lead, item.Optional("lead")), (TargetKind.Role, item.Optional("role")),
            ];
            var given = written.Where(w => w.Field.Given).ToArray();
            if (given.Length != 1)
            {
                item.Wrong(given.Length == 0 ? "This target names nobody." : "A target names one thing.", "Write one of schedule:, person:, team:, lead:, role:.");
                continue;
            }

            var name = given[0].Kind == TargetKind.Role ? given[0].Field.Choice([.. EscalationRole.All]) : given[0].Field.Text();
            if (name is { Length: > 0 }) targets.Add(new(given[0].Kind, name));
        }

        return targets;
    }

    private static StepHours? ReadHours(Field field)
    {
        if (!field.Given || !field.IsMapping()) return null;
        var zone = field.Require("timeZone", "Write timeZone: with an IANA time zone such as Europe/Berlin.");
        var days = field.Optional("days");
        IsoDayOfWeek[] on = [.. (days.Node is ManifestScalar ? [days] : days.Items()).Select(d => d.Choice(Weekdays)).OfType<string>().Select(d => (IsoDayOfWeek)(Array.IndexOf(Weekdays, d) + 1))];
        var (from, until) = (ReadTime(field.Require("from", "Write from: such as \"09:00\".")), ReadTime(field.Require("until", "Write until: such as \"17:00\".")));
        if (!zone.Given) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone.Text()) is { } found) return new(found, on.Length > 0 ? on : Enum.GetValues<IsoDayOfWeek>()[1..], from, until);
        zone.Wrong($"\"{zone.Text()}\" is not an IANA time zone.", NearestName.Of(zone.Text(), DateTimeZoneProviders.Tzdb.Ids) is { } meant ? $"Did you mean {meant}?" : "Write one such as Europe/Berlin.");
        return null;
    }

    private static LocalTime ReadTime(Field field)
    {
        if (!field.Given) return LocalTime.Midnight;
        if (Clock.Parse(field.Text()) is { Success: true } time) return time.Value;
        field.Wrong($"\"{field.Text()}\" is not a time of day.", "Write one such as \"09:00\".");
        return LocalTime.Midnight;
    }
}
