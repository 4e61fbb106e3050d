using Nines.Catalog;
using Nines.Catalog.Access;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>A row of the list of cases that one may read.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it: <c>SEC-3</c>.</param>
/// <param name="Title">What is suspected.</param>
/// <param name="Kind">Which playbook it follows.</param>
/// <param name="Severity">How bad.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Phase">Where the work stands.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Lead">Who leads it, by handle; empty for nobody.</param>
/// <param name="NextDuty">The duty whose deadline is next; empty for none.</param>
/// <param name="NextDue">That deadline.</param>
/// <param name="Overdue">How many deadlines are over.</param>
public sealed record SecurityRow(
    string Id, string Name, string Title, string Kind, string Severity, string State, string Phase, Instant OpenedAt, string Lead, string NextDuty, Instant? NextDue, int Overdue);

/// <summary>A duty as doors show it.</summary>
/// <param name="Key">Its short name.</param>
/// <param name="Regime">The law.</param>
/// <param name="Title">What is owed, to whom.</param>
/// <param name="Source">Where that stands.</param>
/// <param name="Within">How long one has, in words; empty where the law names no number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">When its clock began.</param>
/// <param name="Due">Its deadline.</param>
/// <param name="Why">What it waits for, or why it is not needed.</param>
/// <param name="ToldAt">When it was told.</param>
/// <param name="Reference">The receipt.</param>
/// <param name="By">Who told, or says that nobody need.</param>
public sealed record DutyView(
    string Key, string Regime, string Title, string Source, string Within, DutyState State, Instant? Since, Instant? Due, string Why, Instant? ToldAt, string Reference, string By);

/// <summary>Something of the playbook as doors show it.</summary>
/// <param name="Key">Its short name.</param>
/// <param name="Phase">When.</param>
/// <param name="Text">What.</param>
/// <param name="Tells">Who is told by it; empty for nobody.</param>
/// <param name="Done">True where it is done.</param>
public sealed record PlaybookLine(string Key, CasePhase Phase, string Text, string Tells, bool Done);

/// <summary>Who does what, by handle.</summary>
/// <param name="Role">Which role.</param>
/// <param name="Person">Who; empty for nobody.</param>
public sealed record CaseRoleView(CaseRole Role, string Person);

/// <summary>A case as doors show it to its circle, with people by name.</summary>
public sealed record SecurityView
{
    /// <summary>What its row says.</summary>
    public required SecurityRow Row { get; init; }

    /// <summary>What it is about.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How many findings belong to it.</summary>
    public int Findings { get; init; }

    /// <summary>Who must be told by when, the next deadline first.</summary>
    public IReadOnlyList<DutyView> Duties { get; init; } = [];

    /// <summary>When clocks of the law began.</summary>
    public IReadOnlyDictionary<ClockStart, Instant> Starts { get; init; } = new Dictionary<ClockStart, Instant>();

    /// <summary>What data of people is affected; null where nobody has said.</summary>
    public AffectedData? Data { get; init; }

    /// <summary>Who does what.</summary>
    public IReadOnlyList<CaseRoleView> Roles { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<PlaybookLine> Playbook { get; init; } = [];

    /// <summary>Evidence.</summary>
    public IReadOnlyList<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>From hand to hand.</summary>
    public IReadOnlyList<CustodyStep> Custody { get; init; } = [];

    /// <summary>What of the chain of evidence does not fit; empty where it is whole.</summary>
    public IReadOnlyList<string> BrokenChain { get; init; } = [];

    /// <summary>Who may read it, by handle.</summary>
    public IReadOnlyList<string> Circle { get; init; } = [];

    /// <summary>Who read it, who was let in or out.</summary>
    public IReadOnlyList<AccessLine> Access { get; init; } = [];

    /// <summary>Ordinary incidents that carry the operational side: name by id.</summary>
    public IReadOnlyDictionary<string, string> Incidents { get; init; } = new Dictionary<string, string>();

    /// <summary>What it was.</summary>
    public string Cause { get; init; } = "";

    /// <summary>What was done so that it does not come back.</summary>
    public string Remediation { get; init; } = "";

    /// <summary>What happened.</summary>
    public IReadOnlyList<CaseLine> Timeline { get; init; } = [];

    /// <summary>The row of a case.</summary>
    public static SecurityRow RowOf(SecurityCase one, SecurityPolicy policy, CatalogView catalog, AccessState access, Instant now)
    {
        var open = BreachClock.Of(one, policy, now).Where(d => d.Open).ToArray();
        var next = open.FirstOrDefault(d => d.Due is not null);
        return new(
            one.Id, one.Name, one.Title, SecurityWords.Of(one.Kind), one.Severity.Word(), SecurityWords.Word(one.State), SecurityWords.Word(one.Phase), one.OpenedAt,
            one.Holder(CaseRole.Lead) is { } lead ? NameOf(lead, catalog, access) : "", next?.Duty.Key ?? "", next?.Due, open.Count(d => d.State == DutyState.Overdue));
    }

    /// <summary>The view of a case.</summary>
    public static SecurityView Of(SecurityCase one, SecurityPolicy policy, ManifestSet set, AccessState access, Instant now)
    {
        var catalog = CatalogView.Of(set);
        return new()
        {
            Row = RowOf(one, policy, catalog, access, now),
            Services = one.Services,
            Findings = one.Findings,
            Duties = [.. BreachClock.Of(one, policy, now).Select(Duty)],
            Starts = one.Starts,
            Data = one.Data,
            Roles = [.. Enum.GetValues<CaseRole>().Select(r => new CaseRoleView(r, one.Holder(r) is { } held ? Name(held) : ""))],
            Playbook = [.. policy.PlaybookOf(one.Kind).Select(i => new PlaybookLine(i.Key, i.Phase, i.Text, i.Tells, one.Done.Contains(i.Key)))],
            Evidence = [.. one.Evidence.Select(e => e with { By = Name(e.By) })],
            Custody = [.. one.Custody.Select(s => s with { To = Name(s.To), By = Name(s.By) })],
            BrokenChain = EvidenceChain.Broken(one.Evidence, one.Custody),
            Circle = [.. Security.Circle.Of(one, policy, set).Select(Name).Order(StringComparer.Ordinal), .. policy.Circle.Tokens.Select(t => $"token {t}")],
            Access = [.. one.Access.Select(a => a with { Who = Name(a.Who), By = a.By.Length > 0 ? Name(a.By) : "" })],
            Incidents = one.Incidents,
            Cause = one.Cause,
            Remediation = one.Remediation,
            Timeline = [.. one.Timeline.OrderBy(l => l.At).Select(l => l with { Text = l.Text.Replace("{0}", Name(l.By), StringComparison.Ordinal), By = l.By.Length > 0 ? Name(l.By) : "" })],
        };

        DutyView Duty(DutyStanding d) => new(
            d.Duty.Key, d.Duty.Regime, d.Duty.Title, d.Duty.Source, d.Duty.Within?.Words ?? "", d.State, d.Since, d.Due, d.Why, d.Outcome?.At, d.Outcome?.Reference ?? "", d.Outcome is { } told ? Name(told.By) : "");

        string Name(string who) => NameOf(who, catalog, access);
    }

    private static string NameOf(string who, CatalogView catalog, AccessState access)
    {
        if (catalog.PersonById(who) is { } person) return person.Name;
        if (who == Actor.Local.Text) return "somebody at this house";
        return access.Tokens.Values.FirstOrDefault(t => Actor.Token(t.Id).Text == who) is { } token ? $"token {token.Name}" : who;
    }
}
