using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Security;

/// <summary>Folds cases. Of other rooms it hears only what opens Nines' own doors: tokens, passwords, invitations.</summary>
public sealed class SecurityBookFold : Fold<SecurityBook>
{
    /// <inheritdoc />
    public override string Room => "security";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override SecurityBook Empty => SecurityBook.None;

    /// <inheritdoc />
    public override SecurityBook Apply(SecurityBook state, in Recorded happened)
    {
        var here = new Moment(happened.Entry.At, happened.Entry.Position);
        return happened.Event switch
        {
            CaseOpened e => state.With(Open(e, here)),
            FindingJoined e => state.Change(e.Id, c => (c with { FoundAt = here.At, Findings = c.Findings + 1 }).Tells(new($"l{here.Position}", e.At, here.At, CaseLineKind.Finding, Finding(e)))),
            CaseConfirmed e => state.Change(e.Id, c => (c with { State = CaseState.Confirmed, StateAt = here.At }).Tells(here.Line(CaseLineKind.State, $"Confirmed: {e.Reason}", e.By))),
            CaseDismissed e => state.Change(e.Id, c => (c with { State = CaseState.Dismissed, StateAt = here.At, QuietUntil = e.QuietUntil }).Tells(here.Line(CaseLineKind.State, $"Dismissed as a false alarm: {e.Reason}", e.By))),
            CaseClosed e => state.Change(e.Id, c => (c with { State = CaseState.Closed, StateAt = here.At, Phase = CasePhase.Learn, Cause = e.Cause, Remediation = e.Remediation }).Tells(here.Line(CaseLineKind.State, $"Closed. Cause: {e.Cause} Remediation: {e.Remediation}", e.By))),
            CaseReopened e => state.Change(e.Id, c => (c with { State = CaseState.Confirmed, StateAt = here.At, QuietUntil = null }).Tells(here.Line(CaseLineKind.State, $"Open again: {e.Reason}", e.By))),
            CaseSeverityChanged e => state.Change(e.Id, c => (c with { Severity = e.Severity }).Tells(here.Line(CaseLineKind.State, $"{e.Severity.Word()}: {e.Reason}", e.By))),
            CasePhaseEntered e => state.Change(e.Id, c => (c with { Phase = e.Phase }).Tells(here.Line(CaseLineKind.State, $"Phase {SecurityWords.Word(e.Phase)}{(e.Text.Length > 0 ? ": " + e.Text : ".")}", e.By))),
            CaseRoleTaken e => state.Change(e.Id, c => (c with { Roles = c.Roles.RemoveAll(r => r.Role == e.Role).Add(new(e.Role, e.Person, here.At)) }).Tells(here.Line(CaseLineKind.Role, $"{{0}} has the role {SecurityWords.Word(e.Role)}.", e.Person))),
            CaseRoleLeft e => state.Change(e.Id, c => (c with { Roles = c.Roles.RemoveAll(r => r.Role == e.Role && r.Person == e.Person) }).Tells(here.Line(CaseLineKind.Role, $"{{0}} gives the role {SecurityWords.Word(e.Role)} back.", e.Person))),
            CaseNoted e => state.Change(e.Id, c => c.Tells(new(e.Line, e.At, here.At, e.Corrects.Length > 0 ? CaseLineKind.Correction : CaseLineKind.Note, e.Text, e.By, e.Corrects))),
            CaseChecked e => state.Change(e.Id, c => c with { Done = e.Done ? c.Done.Add(e.Item) : c.Done.Remove(e.Item) }),
            IncidentLinked e => state.Change(e.Id, c => (c with { Incidents = c.Incidents.SetItem(e.Incident, e.Name) }).Tells(here.Line(CaseLineKind.State, $"{e.Name} carries the operational side.", e.By))),
            _ => Law(state, happened.Event, here) ?? Circle(state, happened.Event, here) ?? Hear(state, happened.Event, here),
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(SecurityBook state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept([.. state.All.Values.OrderBy(c => c.Number)], state.Numbers, [.. state.Own.Select(o => new KeptFact(o.Key, [.. o.Value]))]), HouseJson.Options);

    /// <inheritdoc />
    public override SecurityBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of security cases is empty.");
        return SecurityBook.None with
        {
            All = kept.All.ToImmutableDictionary(c => c.Id),
            Numbers = kept.Numbers,
            Own = kept.Own.ToImmutableSortedDictionary(o => o.Fact, o => o.At.ToImmutableList()),
        };
    }

    /// <summary>Clocks, deadlines and evidence.</summary>
    private static SecurityBook? Law(SecurityBook state, object? happened, Moment here) => happened switch
    {
        DataAffected e => state.Change(e.Id, c => (c with { Data = e.Data }).Tells(here.Line(CaseLineKind.State, Affected(e.Data), e.By))),
        ClockStarted e => state.Change(e.Id, c => (c with { Starts = c.Starts.SetItem(e.Start, e.At) }).Tells(here.Line(CaseLineKind.Clock, $"{StartWords(e.Start)} {InstantPattern.General.Format(e.At)}: {e.Reason}", e.By))),
        DutyTold e => state.Change(e.Id, c => (c with { Outcomes = c.Outcomes.SetItem(e.Duty, new(e.At, e.Reference, e.By)) }).Tells(here.Line(CaseLineKind.Clock, $"{e.Duty}: told at {InstantPattern.General.Format(e.At)}, {e.Reference}", e.By))),
        DutyNotNeeded e => state.Change(e.Id, c => (c with { Outcomes = c.Outcomes.SetItem(e.Duty, new(null, e.Reason, e.By)) }).Tells(here.Line(CaseLineKind.Clock, $"{e.Duty}: not needed. {e.Reason}", e.By))),
        DutyReminded e => state.Change(e.Id, c => Remind(c, e, here)),
        EvidenceAdded e => state.Change(e.Id, c => (c with { Evidence = c.Evidence.Add(e.Item) }).Tells(here.Line(CaseLineKind.Evidence, $"Evidence {e.Item.Number} taken in: {e.Item.Name}, {e.Item.Size} bytes, SHA-256 {e.Item.Sha256}", e.Item.By))),
        EvidenceKept e => state.Change(e.Id, c => c with { Contents = c.Contents.SetItem(e.Evidence, here.Position) }),
        EvidenceHanded e => state.Change(e.Id, c => (c with { Custody = c.Custody.Add(e.Step) }).Tells(here.Line(CaseLineKind.Evidence, $"Evidence {e.Step.Evidence}: {e.Step.Why}", e.Step.By))),
        _ => null,
    };

    /// <summary>Who may read it, and who did.</summary>
    private static SecurityBook? Circle(SecurityBook state, object? happened, Moment here) => happened switch
    {
        LetIn e => state.Change(e.Id, c => c with
        {
            Inside = c.Inside.Add(e.Person),
            Outside = c.Outside.Remove(e.Person),
            Access = c.Access.Add(new(here.At, e.Person, $"{(e.Themselves ? "let themselves in" : "was let in")}: {e.Reason}", e.Themselves ? "" : e.By)),
        }),
        LetOut e => state.Change(e.Id, c => c with
        {
            Inside = c.Inside.Remove(e.Person),
            Outside = c.Outside.Add(e.Person),
            Roles = c.Roles.RemoveAll(r => r.Person == e.Person),
            Access = c.Access.Add(new(here.At, e.Person, $"was let out: {e.Reason}", e.By)),
        }),
        CaseRead e => state.Change(e.Id, c => c with { Reads = c.Reads.SetItem(e.Who, here.At), Access = c.Access.Add(new(here.At, e.Who, e.What)) }).Count(OwnFact.CaseRead, here.At),
        _ => null,
    };

    private static SecurityBook Hear(SecurityBook state, object? happened, Moment here) => OwnFacts.Of(happened) is { } fact ? state.Count(fact, here.At) : state;

    private static SecurityCase Open(CaseOpened e, Moment here)
    {
        var one = new SecurityCase
        {
            Id = e.Id,
            Number = e.Number,
            Title = e.Title,
            Kind = e.Kind,
            Severity = e.Severity,
            OpenedAt = here.At,
            StateAt = here.At,
            Services = [.. e.Services],
            Fingerprint = e.Fingerprint,
            // Whoever opens one is of its circle; a signal lets nobody in.
            Inside = e.By.Length > 0 ? SecurityCase.Nobody.Add(e.By) : SecurityCase.Nobody,
        };
        return one.Tells(here.Line(CaseLineKind.State, e.Signal.Length > 0 ? $"Opened by the signal {e.Signal}." : $"Opened: {(e.Text.Length > 0 ? e.Text : e.Title)}", e.By));
    }

    private static SecurityCase Remind(SecurityCase one, DutyReminded e, Moment here)
    {
        var before = one.Reminders.GetValueOrDefault(e.Duty);
        return (one with
        {
            ReminderNumber = e.Number,
            Reminders = one.Reminders.SetItem(e.Duty, new(e.Mark, e.Due, (before?.Numbers ?? []).Add(e.Number))),
        }).Tells(here.Line(CaseLineKind.Clock, $"{e.Duty}: {SecurityWords.Of(e.Mark)}. Due at {InstantPattern.General.Format(e.Due)}."));
    }

    private static string Finding(FindingJoined e) =>
        $"{e.Text} ({SecurityWords.Of(e.Category)}, {e.Signal}){(e.Facts.Count > 0 ? " " + string.Join(", ", e.Facts.Select(f => $"{f.Key}={f.Value}")) : "")}";

    private static string Affected(AffectedData data) => !data.Personal
        ? "No data of people is affected."
        : $"Data of people is affected: {(data.Kinds.Count > 0 ? string.Join(", ", data.Kinds) : "kinds unknown")}; {(data.People is { } people ? $"about {people} people" : "number unknown")}{(data.Countries.Count > 0 ? " in " + string.Join(", ", data.Countries) : "")}.";

    private static string StartWords(ClockStart start) => start switch
    {
        ClockStart.Aware => "Known since",
        ClockStart.Major => "Classified as major at",
        _ => "Determined to be material at",
    };

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Moment(Instant At, long Position)
    {
        public CaseLine Line(CaseLineKind kind, string text, string by = "") => new($"l{Position}", At, At, kind, text, by);
    }

    private sealed record Kept(IReadOnlyList<SecurityCase> All, int Numbers, IReadOnlyList<KeptFact> Own);

    private sealed record KeptFact(OwnFact Fact, IReadOnlyList<Instant> At);
}
