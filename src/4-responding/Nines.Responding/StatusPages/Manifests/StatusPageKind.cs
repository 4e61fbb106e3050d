using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.StatusPages.Manifests;

/// <summary><c>nines/v1 StatusPage</c>: what it speaks of, who may see it, when work may be announced, how it looks.</summary>
internal sealed partial class StatusPageKind : ManifestKind<StatusPage>
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "StatusPage";

    /// <inheritdoc />
    public override string Summary => "A page that says to those outside whether something works: its components, who may see it, when work may be announced, how it looks.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill Goods
          description: Whether our shop works.
          visibility: public
          zone: Europe/Berlin
          components:
            - { key: payments, name: Payments, description: Cards and invoices, services: [] }
            - { key: search, name: Search, group: Shop, services: [] }
          maintenance:
            notice: 48h
            longest: 4h
            windows: [{ days: [sat, sun], from: "22:00", until: "06:00" }]
          domain: status.example.com
          theme: { accent: "#2943ca", logo: Fernhill }
          days: 90

        """;

    /// <inheritdoc />
    protected override StatusPage? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var title = Line(spec.Require("title", "Write what stands at its top."));
        return new()
        {
            Name = metadata.Name,
            Title = title.Length > 0 ? title : metadata.Name,
            Description = Line(spec.Optional("description")),
            Private = spec.Optional("visibility").Choice("public", "private") == "private",
            Zone = Zone(spec.Optional("zone")),
            Components = Components(spec.Require("components", "Write what users know by name, each with key and name.")),
            Maintenance = Rules(spec.Optional("maintenance")),
            Domain = Domain(spec.Optional("domain")),
            Accent = Accent(spec.Optional("theme.accent")),
            Logo = Line(spec.Optional("theme.logo")),
            Days = (int)(spec.Optional("days").Integer(7, 365) ?? StatusPage.UsualDays),
        };
    }

    /// <inheritdoc />
    protected override void Check(StatusPage spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        for (var i = 0; i < spec.Components.Length; i++)
        {
            foreach (var service in spec.Components[i].Services.Where(s => !all.Has("nines/v1", "Service", s) && !all.Has("openslo/v1", "Service", s)))
                manifest.Dangles(all, problems, $"There is no service \"{service}\".", $"{all.DidYouMean<Service>(service)}Apply its manifest, or take it off.", $"spec.components[{i}].services");
            if (spec.Components[i].Services.IsEmpty && spec.Components[i].Objectives.IsEmpty)
                manifest.Notes(problems, $"Nothing measures the component {spec.Components[i].Key}.", "Name its services or objectives; without, its days are empty and nothing is proposed.", $"spec.components[{i}]");
        }

        if (spec.Domain.Length == 0) return;
        if (spec.Private) manifest.Wrong(problems, "A private page has no domain of its own: nobody could sign in there.", "Make it public, or take the domain off.", "spec.domain");
        if (all.Of<StatusPage>().FirstOrDefault(p => p.Name != spec.Name && p.Domain.Equals(spec.Domain, StringComparison.OrdinalIgnoreCase)) is { } other)
            manifest.Wrong(problems, $"The page {other.Name} has this domain already.", "Give one another domain.", "spec.domain");
    }

    private static string Line(Field field)
    {
        var text = PublicText.Clean(field.Text()).Replace('\n', ' ').Trim();
        if (text.Length > StatusContext.LongestTitle) field.Wrong($"It has {text.Length} characters.", $"Write at most {StatusContext.LongestTitle}.");
        return text;
    }

    private static DateTimeZone Zone(Field field)
    {
        if (!field.Given) return DateTimeZone.Utc;
        var name = field.Text();
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone) return zone;
        field.Wrong($"\"{name}\" is no time zone.", "Write one such as Europe/Berlin.");
        return DateTimeZone.Utc;
    }

    private static ImmutableArray<PageComponent> Components(Field field)
    {
        var all = new List<PageComponent>();
        foreach (var item in field.Items())
        {
            var key = item.Require("key", "Write a short name that programs use.");
            var name = Line(item.Require("name", "Write its name, as users know it."));
            if (key.Given && !Key().IsMatch(key.Text())) key.Wrong($"\"{key.Text()}\" is no key.", "Write small letters, digits and dashes, such as card-payments.");
            else if (all.Exists(c => c.Key == key.Text())) key.Wrong($"There are two components {key.Text()}.", "Give one another key.");
            all.Add(new(key.Text(), name, Line(item.Optional("description")), Line(item.Optional("group")), [.. item.Optional("services").Texts()], [.. item.Optional("objectives").Texts()]));
        }

        if (field.Given && all.Count == 0) field.Wrong("A page speaks of something.", "Write at least one component with key and name.");
        return [.. all];
    }

    private static MaintenanceRules Rules(Field field)
    {
        var shipped = MaintenanceRules.Shipped;
        var windows = new List<MaintenanceWindow>();
        foreach (var item in field.Optional("windows").Items())
        {
            var days = item.Require("days", "Write one or more of mon, tue, wed, thu, fri, sat, sun.");
            var (from, until) = (Time(item.Require("from", "Write from when, such as \"22:00\".")), Time(item.Require("until", "Write until when, such as \"06:00\".")));
            var known = days.Texts().Select(d => (Text: d, Day: DayOf(d))).ToArray();
            foreach (var (text, _) in known.Where(d => d.Day is null)) days.Wrong($"\"{text}\" is no weekday.", "Write mon, tue, wed, thu, fri, sat or sun.");
            if (from is { } first && until is { } last) windows.Add(new([.. known.Where(d => d.Day is not null).Select(d => d.Day!.Value)], first, last));
        }

        return new(field.Optional("notice").Duration() ?? shipped.Notice, field.Optional("longest").Duration() ?? shipped.Longest, [.. windows]);
    }

    private static LocalTime? Time(Field field)
    {
        if (!field.Given) return null;
        if (Clock.Parse(field.Text()) is { Success: true } time) return time.Value;
        field.Wrong($"\"{field.Text()}\" is no time of the day.", "Write one such as \"22:00\", in quotes.");
        return null;
    }

    private static IsoDayOfWeek? DayOf(string text)
    {
        foreach (var day in Enum.GetValues<IsoDayOfWeek>())
            if (day != IsoDayOfWeek.None && (day.ToString().Equals(text, StringComparison.OrdinalIgnoreCase) || day.ToString()[..3].Equals(text, StringComparison.OrdinalIgnoreCase))) return day;
        return null;
    }

    private static string Domain(Field field)
    {
        if (!field.Given) return "";
        var text = field.Text().ToLowerInvariant();
        if (Host().IsMatch(text) && text.Length <= 253) return text;
        field.Wrong($"\"{text}\" is no host name.", "Write one such as status.example.com, without https:// and without a path.");
        return "";
    }

    private static AccentColour? Accent(Field field)
    {
        if (!field.Given) return null;
        if (AccentColour.Parse(field.Text()) is not { } colour) field.Wrong($"\"{field.Text()}\" is no colour.", "Write it as \"#rrggbb\", in quotes.");
        else if (colour.OnLight < AccentColour.Readable)
            field.Wrong(string.Create(CultureInfo.InvariantCulture, $"This colour cannot be read on a light page: its contrast is {colour.OnLight:0.0}, and 4.5 is the least."), "Choose a darker one; on dark pages it is made lighter by itself.");
        else return colour;
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Host();
}
