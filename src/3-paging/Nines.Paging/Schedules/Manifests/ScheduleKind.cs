using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Paging.Schedules.Manifests;

/// <summary><c>nines/v1 Schedule</c>: who is on call when.</summary>
internal sealed class ScheduleKind : ManifestKind<Schedule>
{
    private const int MostLayers = 50;
    private const int MostHolidays = 1000;

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Schedule";

    /// <inheritdoc />
    public override string Summary => "Who is on call when: layers over layers, people in turn, in local time.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Schedule
        metadata: { name: payments, displayName: Payments }
        spec:
          timeZone: Europe/Berlin
          team: payments
          secondary: payments-second
          layers:
            - name: weeks
              rotation:
                turn: weekly
                start: 2026-01-05
                handOver: "09:00"
                people: [ada, bo, cem, dana, eve]
            - name: evenings
              hours: [{ days: weekdays, from: "18:00", until: "22:00" }]
              restsOnHolidays: true
              rotation: { turn: daily, start: 2026-01-05, handOver: "18:00", people: [fritz, nobody] }
            - name: learning
              shadow: true
              rotation: { turn: weekly, start: 2026-01-05, people: [gus] }
          holidays:
            - { date: 2026-12-25, name: Christmas Day, people: [hal] }

        """;

    /// <inheritdoc />
    protected override Schedule? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var zone = spec.Require("timeZone", "Write the IANA zone of the schedule such as Europe/Berlin.").Zone();
        var written = spec.Require("layers", "Write layers: with at least one; each lies over the ones before it.");
        var layers = written.Items().Select((item, i) => LayerReading.Read(item, i + 1)).ToList();
        if (layers.Count > MostLayers) written.Wrong($"A schedule has at most {MostLayers} layers, but here are {layers.Count}.", "Make two schedules of it.");
        foreach (var twin in layers.GroupBy(l => l.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            written.Wrong($"Two layers are called \"{twin.Key}\".", "Give each a name of its own.");
        return new()
        {
            Name = metadata.Name,
            DisplayName = metadata.DisplayName,
            Description = spec.Optional("description").Text(),
            Zone = zone ?? DateTimeZone.Utc,
            Team = TextOf(spec, "team"),
            Secondary = TextOf(spec, "secondary"),
            Layers = layers,
            Holidays = ReadHolidays(spec.Optional("holidays")),
        };
    }

    /// <inheritdoc />
    protected override void Check(Schedule spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (spec.Secondary == spec.Name) manifest.Wrong(problems, "A schedule is not its own secondary.", "Name another schedule, or leave secondary: out.", "spec.secondary");
        else if (spec.Secondary is { } second && !all.Has(ApiVersion, Kind, second))
            manifest.Notes(problems, $"There is no schedule \"{second}\".", $"{all.DidYouMean<Schedule>(second)}Write a Schedule of that name; until then nobody is second.", "spec.secondary");
        if (spec.Team is { } team && !all.Has(ApiVersion, "Team", team))
            manifest.Notes(problems, $"There is no team \"{team}\".", $"{all.DidYouMean<Team>(team)}Write a Team of that name, or mend this one.", "spec.team");
        foreach (var person in spec.People)
            if (!all.Has(ApiVersion, "Person", person))
                manifest.Notes(problems, $"There is no person \"{person}\".", $"{all.DidYouMean<Person>(person)}Write a Person of that name; until then their turns are nobody's.", "spec.layers");
        CheckCalendars(spec, manifest, all, problems);
        // A schedule that does not read yet is not judged.
        if (problems.HasErrors) return;
        foreach (var finding in FindingsOfSchedules.Of(spec, all)) manifest.Notes(problems, finding.What, finding.Remedy, finding.Path);
    }

    private static void CheckCalendars(Schedule spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (!spec.Layers.Any(l => l.Calendar is not null)) return;
        var named = PeopleByName.Of(CatalogView.Of(all));
        for (var i = 0; i < spec.Layers.Count; i++)
            foreach (var names in (spec.Layers[i].Calendar?.Events ?? []).Where(e => !e.Cancelled && e.Names.All(n => named(n) is null)).Select(e => string.Join(", ", e.Names)).Distinct(StringComparer.Ordinal).Take(20))
                manifest.Notes(problems, $"An event of the calendar names \"{names}\", and nobody in the catalog is called so.", "Write the person's handle, display name or mail address as the event's title.", $"spec.layers[{i}].ical");
    }

    private static List<Holiday> ReadHolidays(Field field)
    {
        var holidays = new List<Holiday>();
        foreach (var item in field.Items())
        {
            var date = (item.Node is ManifestScalar ? item : item.Require("date", "Write date: such as 2026-12-25.")).Date();
            if (date is not { } day) continue;
            var name = item.Node is ManifestScalar ? "" : item.Optional("name").Text();
            holidays.Add(new(day, name.Length > 0 ? name : $"{day:uuuu-MM-dd}", item.Node is ManifestScalar ? [] : item.Optional("people").People()));
        }

        if (holidays.Count > MostHolidays) field.Wrong($"A schedule has at most {MostHolidays} holidays, but here are {holidays.Count}.", "Take away those that are past.");
        return holidays;
    }

    private static string? TextOf(Field spec, string name) => spec.Optional(name).Text() is { Length: > 0 } text ? text : null;
}
