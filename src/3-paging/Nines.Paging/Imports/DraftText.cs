using System.Globalization;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Imports;

/// <summary>Writes a draft as manifests: one text a kind, ready for <c>nines validate</c>.</summary>
internal static class DraftText
{
    private static readonly SourcePlace Nowhere = new(null, 1, 1);

    /// <summary>File name and text of each kind that has something.</summary>
    public static IReadOnlyList<(string File, string Text)> Write(ImportDraft draft)
    {
        (string File, IEnumerable<ManifestMapping> Manifests)[] all =
        [
            ("people.yaml", draft.People.Select(Person)), ("teams.yaml", draft.Teams.Select(Team)), ("schedules.yaml", draft.Schedules.Select(Schedule)),
            ("policies.yaml", draft.Policies.Select(Policy)), ("services.yaml", draft.Services.Select(Service)), ("integrations.yaml", draft.Integrations.Select(Integration)),
            ("routing.yaml", draft.Branches.Count > 0 ? [Routing(draft.Branches)] : []),
        ];
        return [.. all.Select(a => (a.File, string.Join("---\n", a.Manifests.Select(ManifestText.ToYaml)))).Where(a => a.Item2.Length > 0)];
    }

    private static ManifestMapping Person(DraftPerson p) => Document("Person", p.Name, p.Title, Map(
        ("timeZone", Text(p.Zone)),
        ("contacts", List(p.Contacts.Select(c => Map(("name", Text(c.Name)), ("kind", Text(c.Kind)), ("to", Text(c.To)))))),
        ("notify", p.Page.Count + p.Ticket.Count == 0 ? null : Map(("page", Steps(p.Page)), ("ticket", Steps(p.Ticket))))));

    private static ManifestSequence? Steps(IReadOnlyList<(string Contact, int Minutes)> steps) =>
        List(steps.Select(s => Map(("contact", Text(s.Contact)), ("after", s.Minutes > 0 ? Plain($"{s.Minutes}m") : null))));

    private static ManifestMapping Team(DraftTeam t) => Document("Team", t.Name, t.Title, Map(("description", Text(t.Description)), ("lead", Text(t.Lead)), ("members", Texts(t.Members))));

    private static ManifestMapping Schedule(DraftSchedule s) => Document("Schedule", s.Name, s.Title, Map(
        ("timeZone", Text(s.Zone)), ("team", Text(s.Team)), ("description", Text(s.Description)), ("layers", List(s.Layers.Select(Layer)))));

    private static ManifestMapping Layer(DraftLayer l) => Map(
        ("name", Text(l.Name)),
        ("timeZone", Text(l.Zone)),
        ("from", Local(l.From)),
        ("until", Local(l.Until)),
        ("hours", List(l.Hours.Select(h => Map(("days", Texts(h.Days)), ("from", Text(h.From)), ("until", Text(h.Until)))))),
        ("rotation", l.Turn.Length == 0 ? null : Map(
            ("turn", Text(l.Turn)), ("length", l.Length == 1 ? null : Plain(l.Length.ToString(CultureInfo.InvariantCulture))), ("start", Local(l.Start)),
            ("people", List(l.Slots.Select(slot => slot.Count switch { 0 => (ManifestNode)Text("nobody")!, 1 => Text(slot[0])!, _ => Texts(slot)! }))))),
        ("shifts", List(l.Shifts.Select(s => Map(("from", Text(Moment(s.From))), ("until", Text(Moment(s.Until))), ("people", s.People.Count == 0 ? Text("nobody") : Texts(s.People)))))));

    private static ManifestMapping Policy(DraftPolicy p) => Document("EscalationPolicy", p.Name, "", Map(
        ("steps", List(p.Steps.Select(s => Map(
            ("notify", List(s.Targets.Select(t => Map((t.Kind, Text(t.Name)))))), ("delay", Plain($"{Math.Max(1, s.Minutes)}m")), ("roundRobin", s.RoundRobin ? Plain("true") : null))))),
        ("repeat", Plain(Math.Clamp(p.Rounds, 1, 10).ToString(CultureInfo.InvariantCulture)))));

    private static ManifestMapping Service(DraftService s) => Document("Service", s.Name, s.Title, Map(
        ("description", Text(s.Description)), ("owner", s.Team.Length == 0 ? null : Map(("team", Text(s.Team)))), ("oncallRotation", Text(s.OnCall))));

    private static ManifestMapping Integration(DraftIntegration i) => Document("Integration", i.Name, i.Title, Map(
        ("kind", Text(i.Kind)), ("service", Text(i.Service)), ("key", i.HasKey ? Text("env:" + KeyName(i.Name)) : null)));

    private static ManifestMapping Routing(IReadOnlyList<DraftBranch> branches) => Document("AlertRouting", "routing", "", Map(("branches", List(branches.Select(Branch)))));

    private static ManifestMapping Branch(DraftBranch b) => Map(
        ("name", Text(b.Name)), ("match", Texts(b.Match)), ("severity", Text(b.Severity)), ("escalation", Text(b.Escalation)), ("branches", List(b.Branches.Select(Branch))));

    /// <summary>The variable in which an integration's key is looked for.</summary>
    public static string KeyName(string integration) => "NINES_KEY_" + integration.ToUpperInvariant().Replace('-', '_');

    private static ManifestMapping Document(string kind, string name, string title, ManifestMapping spec) => Map(
        ("apiVersion", Text("nines/v1")), ("kind", Text(kind)), ("metadata", Map(("name", Text(name)), ("displayName", title == name ? null : Text(title)))), ("spec", spec));

    private static ManifestScalar? Local(LocalDateTime? at) => at is { } local ? Text(local.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)) : null;

    private static string Moment(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);

    private static ManifestScalar? Text(string text) => text.Length == 0 ? null : new(text, quoted: true, Nowhere);

    private static ManifestScalar Plain(string text) => new(text, quoted: false, Nowhere);

    private static ManifestSequence? Texts(IReadOnlyList<string> texts) => texts.Count == 0 ? null : new([.. texts.Select(t => (ManifestNode)Text(t)!)], Nowhere);

    private static ManifestSequence? List(IEnumerable<ManifestNode> items) => items.ToArray() is { Length: > 0 } all ? new(all, Nowhere) : null;

    private static ManifestMapping Map(params ReadOnlySpan<(string Name, ManifestNode? Value)> entries)
    {
        var given = new List<ManifestEntry>();
        foreach (var (name, value) in entries)
            if (value is not null) given.Add(new(name, Nowhere, value));
        return new(given, Nowhere);
    }
}
