using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Security.Manifests;

/// <summary><c>nines/v1 SecurityPolicy</c>: the circle, whom to page, regimes, playbook; one a house.</summary>
internal sealed class SecurityPolicyKind : ManifestKind<SecurityPolicy>
{
    private static readonly string[] Phases = [.. Enum.GetValues<CasePhase>().Select(SecurityWords.Word)];
    private static readonly string[] Kinds = [.. Enum.GetValues<CaseKind>().Select(SecurityWords.Word)];
    private static readonly string[] Units = ["hours", "days", "months", "businessDays"];
    private static readonly string[] Starts = [.. Enum.GetValues<ClockStart>().Select(SecurityWords.Word)];

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "SecurityPolicy";

    /// <inheritdoc />
    public override string Summary => "Who reads security cases, who is paged, which laws set deadlines, and what is done in which phase.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: SecurityPolicy
        metadata: { name: security }
        spec:
          circle:
            people: [ada]
            teams: [security]
            tokens: [soc]
          mayOpen:
            people: [grace]
          service: security
          contact: Data protection officer, dpo@example.com
          regimes: [gdpr, nis2]
          zone: Europe/Berlin
          holidays: [2026-12-25]
          joins: 24h
          shippedSignals: true
          duties:
            - key: contract-acme
              title: Tell Acme, as the contract says
              source: Contract with Acme, section 9
              within: { count: 48, unit: hours }
              from: aware
          playbook:
            - { key: war-room, phase: identify, text: Open the war room }
            - { key: rotate, phase: contain, text: Rotate the keys, kinds: [leaked-secret] }
            - { key: tell-board, phase: contain, text: Tell the board, tells: board }

        """;

    /// <inheritdoc />
    protected override SecurityPolicy? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var shipped = SecurityPolicy.Shipped;
        var playbook = Playbook(spec.Optional("playbook"));
        var regimes = spec.Optional("regimes");
        return shipped with
        {
            Given = true,
            Circle = Circle(spec.Require("circle", "Write who reads every case: circle: { people: [ada] }.")),
            MayOpen = Circle(spec.Optional("mayOpen")),
            Service = spec.Optional("service").Text(),
            Contact = spec.Optional("contact").Text(),
            Regimes = regimes.Given ? [.. regimes.Items().Select(r => r.Choice([.. BreachRegimes.Names])).OfType<string>()] : shipped.Regimes,
            Zone = Zone(spec.Optional("zone")),
            Holidays = Holidays(spec.Optional("holidays")),
            Joins = spec.Optional("joins").Duration() ?? shipped.Joins,
            ShippedSignals = spec.Optional("shippedSignals").Flag() ?? true,
            OwnDuties = Duties(spec.Optional("duties")),
            Playbook = playbook.Length > 0 ? playbook : shipped.Playbook,
        };
    }

    /// <inheritdoc />
    protected override void Check(SecurityPolicy spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is SecurityPolicyKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is a security policy already: {other.Metadata.Name}.", "A house has one: change it, or delete it.", "metadata.name");
        foreach (var (where, circle) in new[] { ("circle", spec.Circle), ("mayOpen", spec.MayOpen) })
        {
            foreach (var person in circle.People.Where(p => all.Find<Person>(p) is null))
                manifest.Notes(problems, $"There is no person \"{person}\" in the catalog.", all.DidYouMean<Person>(person) + "Write a Person of that name.", $"spec.{where}.people");
            foreach (var team in circle.Teams.Where(t => all.Find<Team>(t) is null))
                manifest.Notes(problems, $"There is no team \"{team}\" in the catalog.", all.DidYouMean<Team>(team) + "Write a Team of that name.", $"spec.{where}.teams");
        }

        if (spec.Circle is { People.IsEmpty: true, Teams.IsEmpty: true, Tokens.IsEmpty: true })
            manifest.Notes(problems, "Nobody reads what signals open.", "Name people or teams in the circle.", "spec.circle");
        if (spec.Service.Length == 0) manifest.Notes(problems, "No service says who is paged: the house's default route is.", "Write service, and a Service whose owner is the security on-call.", "spec.service");
        else if (all.Find<Service>(spec.Service) is null)
            manifest.Notes(problems, $"There is no service \"{spec.Service}\" in the catalog, so nobody owns its pages.", all.DidYouMean<Service>(spec.Service) + "Write a Service of that name.", "spec.service");
        foreach (var duty in spec.OwnDuties.Where(d => d.After.Length > 0 && !spec.Duties.Any(o => o.Key == d.After)))
            manifest.Wrong(problems, $"{duty.Key} comes after \"{duty.After}\", which is no duty here.", $"Write one of {string.Join(", ", spec.Duties.Select(d => d.Key).Where(k => k != duty.Key))}.", "spec.duties");
    }

    private static CircleSpec Circle(Field field) => new([.. field.Optional("people").Texts()], [.. field.Optional("teams").Texts()], [.. field.Optional("tokens").Texts()]);

    private static DateTimeZone Zone(Field field)
    {
        if (!field.Given) return SecurityPolicy.Shipped.Zone;
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(field.Text()) is { } zone) return zone;
        field.Wrong($"\"{field.Text()}\" is not an IANA time zone.", "Write one such as Europe/Berlin.");
        return SecurityPolicy.Shipped.Zone;
    }

    private static ImmutableHashSet<LocalDate> Holidays(Field field)
    {
        var days = ImmutableHashSet.CreateBuilder<LocalDate>();
        foreach (var item in field.Items())
            if (LocalDatePattern.Iso.Parse(item.Text()) is { Success: true } date) days.Add(date.Value);
            else item.Wrong($"\"{item.Text()}\" is no day.", "Write one such as 2026-12-25.");
        return days.ToImmutable();
    }

    private static ImmutableArray<BreachDuty> Duties(Field field)
    {
        var duties = new List<BreachDuty>();
        foreach (var item in field.Items())
        {
            var key = item.Require("key", "Write a short name, by which it is told.").Text();
            var title = item.Require("title", "Write what is owed, to whom.").Text();
            var source = item.Require("source", "Write where that stands.").Text();
            var from = item.Optional("from").Choice(Starts) ?? "aware";
            var duty = new BreachDuty(key, item.Optional("regime").Text() is { Length: > 0 } regime ? regime : "own", title, source, Span(item.Optional("within")))
            {
                From = SecurityWords.Read<ClockStart>(from) ?? ClockStart.Aware,
                After = item.Optional("after").Text(),
                Needs = SecurityWords.Read<DutyNeeds>(item.Optional("needs").Choice([.. Enum.GetValues<DutyNeeds>().Select(SecurityWords.Word)]) ?? "nothing") ?? DutyNeeds.Nothing,
            };
            if (key.Length > 0 && title.Length > 0) duties.Add(duty);
        }

        return [.. duties];
    }

    private static LegalSpan? Span(Field field)
    {
        if (!field.Given) return null;
        var count = field.Require("count", "Write how many.").Integer(1, 10_000);
        var unit = field.Require("unit", "Write hours, days, months or businessDays.").Choice(Units);
        return count is { } many && unit is not null ? new((int)many, Enum.Parse<SpanUnit>(unit, ignoreCase: true)) : null;
    }

    private static ImmutableArray<PlaybookItem> Playbook(Field field)
    {
        var items = new List<PlaybookItem>();
        foreach (var item in field.Items())
        {
            var key = item.Require("key", "Write a short name, by which it is ticked off.");
            var phase = item.Require("phase", "Write in which phase it is done.").Choice(Phases);
            var text = item.Require("text", "Write what to do.").Text();
            CaseKind[] kinds = [.. item.Optional("kinds").Items().Select(k => k.Choice(Kinds)).OfType<string>().Select(k => SecurityWords.Read<CaseKind>(k)!.Value)];
            var tells = item.Optional("tells").Text();
            if (items.Exists(i => i.Key == key.Text())) key.Wrong($"There are two items {key.Text()}.", "Give one another key.");
            else if (phase is not null && key.Text().Length > 0) items.Add(new(key.Text(), SecurityWords.Read<CasePhase>(phase)!.Value, text, [.. kinds], tells));
        }

        return [.. items];
    }
}
