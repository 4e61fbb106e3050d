using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;

namespace Nines.Alerting.Alerts.Manifests;

/// <summary><c>nines/v1 AlertRouting</c>: the tree, its intervals, inhibition, flapping and the severity guide; one a house.</summary>
internal sealed class AlertRoutingKind : ManifestKind<RoutingSpec>
{
    // A page that waits longer than this for company is no page (the settings' own bound).
    private static readonly Duration LongestPageWait = Duration.FromMinutes(5);

    private const int Deepest = 16;

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => RoutingInCommit.Routing;

    /// <inheritdoc />
    public override string Summary => "Where alerts go: a tree of branches in front of what ships, mute times, inhibition, severities.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: AlertRouting
        metadata: { name: routing }
        spec:
          branches:
            - name: payments
              match: ['service=~"pay.*"']
              groupBy: [service]
              branches:
                - name: nightly-jobs
                  match: [alertname=JobLate]
                  severity: ticket
                  mute: [weekends]
          intervals:
            - name: weekends
              when: [{ weekdays: ["saturday:sunday"], timeZone: Europe/Berlin }]
          inhibit:
            - { name: node-down, source: [alertname=NodeDown], target: ['alertname!=NodeDown'], equal: [node] }
          flapping: { openings: 5, window: 1h }

        """;

    /// <inheritdoc />
    protected override RoutingSpec? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var severities = SeverityFields.Rows(spec.Optional("severities"));
        return new RoutingSpec
        {
            Branches = Branches(spec.Optional("branches"), 0),
            Intervals = Intervals(spec.Optional("intervals")),
            Inhibit = Inhibit(spec.Optional("inhibit")),
            InhibitAlongDependencies = spec.Optional("inhibitAlongDependencies").Flag() ?? false,
            Flapping = new((int)(spec.Optional("flapping.openings").Integer(3, FlapRule.Remembered) ?? FlapRule.Shipped.Openings), spec.Optional("flapping.window").Duration() ?? FlapRule.Shipped.Window),
            Defaults = Defaults(spec.Optional("defaults")),
            Severities = severities,
        };
    }

    /// <inheritdoc />
    protected override void Check(RoutingSpec spec, CompiledManifest manifest, ManifestSet all, ProblemList problems)
    {
        if (all.All.FirstOrDefault(m => m.Kind is AlertRoutingKind && m.Key != manifest.Key) is { } other)
            manifest.Wrong(problems, $"There is a routing tree already: {other.Metadata.Name}.", "A house has one: put the branches into it, or delete it.", "metadata.name");
        foreach (var (name, at) in Named(spec.Branches, "spec.branches"))
            if (!spec.Intervals.ContainsKey(name)) manifest.Wrong(problems, $"There is no interval \"{name}\".", "Write one of that name under intervals.", at);
        foreach (var finding in RouteFindings.Of(spec, p => IsPolicy(all, p), s => all.Find<Service>(s) is not null))
            manifest.Notes(problems, finding.What, finding.Remedy, finding.Path);
    }

    /// <summary>An escalation policy or a schedule may be named; both belong to the floor above and are known by their kinds.</summary>
    internal static bool IsPolicy(ManifestSet all, string name) => all.Has("nines/v1", "EscalationPolicy", name) || all.Has("nines/v1", "Schedule", name);

    private static IEnumerable<(string Name, string At)> Named(IReadOnlyList<RouteBranch> branches, string path)
    {
        for (var i = 0; i < branches.Count; i++)
        {
            foreach (var name in branches[i].Mute ?? []) yield return (name, $"{path}[{i}].mute");
            foreach (var name in branches[i].Active ?? []) yield return (name, $"{path}[{i}].active");
            foreach (var below in Named(branches[i].Branches, $"{path}[{i}].branches")) yield return below;
        }
    }

    private static List<RouteBranch> Branches(Field field, int depth)
    {
        var all = new List<RouteBranch>();
        if (depth > Deepest)
        {
            field.Wrong($"Branches stand more than {Deepest} deep.", "Write a flatter tree.");
            return all;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in field.Items())
        {
            var name = item.Require("name", "Give the branch a name that its siblings do not have.");
            if (name.Text() is { Length: > 0 } text && !names.Add(text)) name.Wrong($"There are two branches \"{text}\" side by side.", "Give one another name.");
            if (name.Text().AsSpan().IndexOfAny("/:{}") >= 0) name.Wrong("A branch's name holds none of / : { }.", "Write letters, digits and dashes.");
            all.Add(Branch(item, name.Text(), depth));
        }

        return all;
    }

    private static RouteBranch Branch(Field item, string name, int depth)
    {
        var wait = item.Optional("groupWait");
        if (wait.Duration() > LongestPageWait && RoutingFields.Severity(item.Optional("severity")) is null or AlertSeverity.Page)
            wait.Notes($"A page waits {wait.Text()} for company here.", "Write at most 5m, or name a quieter severity.");
        return new()
        {
            Name = name,
            Match = RoutingFields.Matchers(item.Optional("match")),
            Continue = item.Optional("continue").Flag() ?? false,
            Severity = RoutingFields.Severity(item.Optional("severity")),
            Service = Given(item.Optional("service")),
            Escalation = Given(item.Optional("escalation")),
            GroupBy = GroupBy(item.Optional("groupBy")),
            Wait = wait.Duration(),
            Interval = item.Optional("groupInterval").Duration(),
            Repeat = item.Optional("repeatInterval").Duration(),
            Mute = item.Optional("mute") is { Given: true } mute ? mute.Texts() : null,
            Active = item.Optional("active") is { Given: true } active ? active.Texts() : null,
            Sets = AlertLabels.Of(item.Optional("labels").TextMap()),
            Branches = Branches(item.Optional("branches"), depth + 1),
        };
    }

    private static string? Given(Field field) => field.Given ? field.Text() : null;

    private static IReadOnlyList<string>? GroupBy(Field field) => field.Given ? [.. field.Texts().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : null;

    private static Dictionary<string, IReadOnlyList<TimeInterval>> Intervals(Field field)
    {
        var all = new Dictionary<string, IReadOnlyList<TimeInterval>>(StringComparer.Ordinal);
        foreach (var item in field.Items())
        {
            var name = item.Require("name", "Give the interval a name that branches can use.");
            TimeInterval[] when = [.. item.Require("when", "Write a list of times, weekdays, daysOfMonth, months, years and zone.").Items().Select(RoutingFields.Interval)];
            if (name.Text() is { Length: > 0 } text && !all.TryAdd(text, when)) name.Wrong($"There are two intervals \"{text}\".", "Give one another name.");
        }

        return all;
    }

    private static List<InhibitRule> Inhibit(Field field)
    {
        var all = new List<InhibitRule>();
        foreach (var item in field.Items())
            all.Add(new(
                item.Require("name", "Give the rule a name; the trail says it.").Text(),
                RoutingFields.Matchers(item.Require("source", "Write what must fire, such as [alertname=NodeDown].")),
                RoutingFields.Matchers(item.Require("target", "Write what is held back, such as ['severity=warning'].")),
                item.Optional("equal").Texts()));
        return all;
    }

    private static Dictionary<AlertSeverity, RouteTimes> Defaults(Field field)
    {
        var all = new Dictionary<AlertSeverity, RouteTimes>();
        foreach (var shipped in RouteTable.Shipped.Otherwise)
        {
            var given = field.Optional(shipped.Severity.Word());
            if (!given.Given || !given.IsMapping()) continue;
            var repeat = given.Optional("repeatInterval");
            all[shipped.Severity] = new(
                GroupBy(given.Optional("groupBy")) ?? shipped.GroupBy, given.Optional("groupWait").Duration() ?? shipped.Wait,
                given.Optional("groupInterval").Duration() ?? shipped.Interval,
                repeat.Duration() is { } every ? (every > Duration.Zero ? every : null) : shipped.Repeat, given.Optional("tells").Flag() ?? shipped.Tells);
        }

        return all;
    }
}
