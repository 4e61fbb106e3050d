using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using NodaTime;
using NodaTime.Text;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>nines/v1 Exclusion</c>: minutes that do not count, with an owner and an approver.</summary>
internal sealed class ExclusionKind : ManifestKind<ExclusionDefinition>
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm:ss");
    private static readonly LocalDateTimePattern ShortTime = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    public override string ApiVersion => "nines/v1";

    public override string Kind => "Exclusion";

    public override string Summary => "Minutes taken out of budgets, once or again and again; both figures stay visible.";

    public override string Example => """
        apiVersion: nines/v1
        kind: Exclusion
        metadata:
          name: sunday-maintenance
        spec:
          reason: The bank's interface is down for maintenance.
          owner: payments
          approver: grace
          services: [checkout]
          start: 2026-01-04 02:00
          timeZone: Europe/Berlin
          duration: 2h
          everyDays: 7
          until: 2026-12-31

        """;

    protected override ExclusionDefinition? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        spec.Optional("reason").Text();
        var owner = spec.Require("owner", "Write owner: with who asked for it.").Text();
        var approver = spec.Require("approver", "Write approver: with who agreed.").Text();
        var (objectives, services) = (spec.Optional("objectives").Texts(), spec.Optional("services").Texts());
        if (objectives.Count == 0 && services.Count == 0) spec.Wrong("Nothing says what it is taken out of.", "Write objectives: or services: with names.");
        var start = ReadTime(spec.Require("start", "Write start: 2026-01-04 02:00, in local time."));
        var zone = ReadZone(spec.Require("timeZone", "Write timeZone: with an IANA name such as Europe/Berlin."));
        var duration = spec.Require("duration", "Write duration: such as 2h.");
        var length = duration.Duration();
        var every = spec.Optional("everyDays").Integer(1, 366);
        if (length <= Duration.Zero) duration.Wrong("It takes nothing out.", "Write a duration above zero.");
        if (every is { } days && length > Duration.FromDays(days)) duration.Wrong($"Each occurrence lasts longer than the {days} days between two.", "Write a shorter one.");
        var until = ReadDay(spec.Optional("until"));
        return start is null || zone is null || length is null ? null
            : new(new(metadata.Name, owner, approver, start.Value, zone, length.Value, (int?)every, until), objectives, services);
    }

    protected override void Check(ExclusionDefinition spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Objectives.Count; i++)
            if (!ObjectiveNames.Exists(spec.Objectives[i], all))
                manifest.Dangles(all, problems, $"There is no objective \"{spec.Objectives[i]}\".", $"{all.DidYouMean<SloDefinition>(spec.Objectives[i])}Name an SLO, one of its objectives or a Composite.", $"spec.objectives[{i}]");
        for (var i = 0; i < spec.Services.Count; i++)
            if (!all.Has("nines/v1", "Service", spec.Services[i]) && !all.Has(OpenSloFields.Version, "Service", spec.Services[i]))
                manifest.Notes(problems, $"There is no service \"{spec.Services[i]}\".", "Write a Service of that name, or mend this one.", $"spec.services[{i}]");
    }

    private static LocalDateTime? ReadTime(Field field)
    {
        if (!field.Given) return null;
        if (Time.Parse(field.Text()) is { Success: true } full) return full.Value;
        if (ShortTime.Parse(field.Text()) is { Success: true } brief) return brief.Value;
        field.Wrong($"\"{field.Text()}\" is not a time.", "Write one such as 2026-01-04 02:00, in local time.");
        return null;
    }

    private static LocalDate? ReadDay(Field field)
    {
        if (!field.Given) return null;
        if (LocalDatePattern.Iso.Parse(field.Text()) is { Success: true } day) return day.Value;
        field.Wrong($"\"{field.Text()}\" is not a day.", "Write one such as 2026-12-31.");
        return null;
    }

    private static DateTimeZone? ReadZone(Field field)
    {
        if (!field.Given) return null;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(field.Text()) is { } zone) return zone;
        var meant = NearestName.Of(field.Text(), DateTimeZoneProviders.Tzdb.Ids);
        field.Wrong($"\"{field.Text()}\" is not an IANA time zone.", meant is null ? "Write one such as Europe/Berlin." : $"Did you mean {meant}?");
        return null;
    }
}

/// <summary>An exclusion and what it is taken out of.</summary>
internal sealed record ExclusionDefinition(Exclusion Exclusion, IReadOnlyList<string> Objectives, IReadOnlyList<string> Services);
