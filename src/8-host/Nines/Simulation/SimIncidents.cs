using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Incidents;
using NodaTime;
using static Nines.Host.Simulation.SimPromises;

namespace Nines.Host.Simulation;

/// <summary>
/// The world's own book of incidents: numbers without gap, roles, phases, check-ins, pages and lines, counted by hand from
/// the journal, and held against the house whenever it rests.
/// </summary>
internal sealed class SimIncidents(SimWorld world, SimPromises promises, SimOwed owed)
{
    // Seed 003: 15 minutes for SEV1, 30 for SEV2, and five minutes of grace.
    private static readonly Duration Grace = Duration.FromMinutes(5);

    private readonly Dictionary<string, SimIncident> _all = new(StringComparer.Ordinal);
    private readonly List<SimIncident> _inOrder = [];
    private readonly Dictionary<string, SimIncident> _ofPage = new(StringComparer.Ordinal);
    private readonly HashSet<SimIncident> _changed = [];
    private readonly HashSet<string> _mustJoin = new(StringComparer.Ordinal);
    private bool _whole;

    /// <summary>Every incident, the oldest first.</summary>
    public IReadOnlyList<SimIncident> All => _inOrder;

    /// <summary>How many check-ins were missed.</summary>
    public int MissedCheckIns { get; private set; }

    /// <summary>Somebody's phone is about to ring because nobody checked in.</summary>
    public Action<SimIncident>? Missed { get; set; }

    public SimIncident? Find(string id) => _all.GetValueOrDefault(id);

    public SimIncident? OfPage(string page) => _ofPage.GetValueOrDefault(page);

    /// <summary>A process started: everything is compared, from its first line on.</summary>
    public void Started()
    {
        _whole = true;
        _changed.UnionWith(_inOrder);
    }

    /// <summary>Holds what changed against the house, once it has heard as much.</summary>
    public void Ask(HouseState state)
    {
        if ((_changed.Count == 0 && _mustJoin.Count == 0) || state.Position != world.Ledger.Heard) return;
        var book = state.Get<IncidentBook>();
        foreach (var incident in _changed.OrderBy(i => i.Number))
            if (incident.Differs(book.All.GetValueOrDefault(incident.Id), _whole) is { } differs) world.Ledger.Break(Broken.Lost, $"{incident.Name}: {differs}.");
        foreach (var page in _mustJoin) world.Ledger.Break(Broken.Lost, $"The page {page} is of a service of an open incident, and belongs to none.");
        _changed.Clear();
        _mustJoin.Clear();
        _whole = false;
    }

    /// <summary>One durable event, with the newest state that is published.</summary>
    public void Hear(Recorded one, HouseState state)
    {
        var at = one.Entry.At;
        switch (one.Event)
        {
            case IncidentDeclared e:
                Declared(e, at);
                break;
            case IncidentSeverityChanged e:
                On(e.Id, e, i => i.Severity = e.Severity, new(TimelineKind.State, e.Reason, e.By));
                Waits(e.Id, at, state);
                break;
            case RoleTaken e:
                On(e.Id, e, i => Takes(i, e), new(TimelineKind.Role, Word(e.Role), e.Person));
                break;
            case RoleLeft e:
                if (e.Role == IncidentRole.Commander) world.Ledger.Break(Broken.Lost, $"The command of {e.Id} was given back, and nobody has it.");
                On(e.Id, e, i => i.Roles.Remove((e.Role, e.Person)), new(TimelineKind.Role, "no more", e.Person));
                break;
            case IncidentNoted e:
                On(e.Id, e, null, new(e.Kind, e.Text, e.By, e.Line));
                break;
            case IncidentChecked e:
                On(e.Id, e, i => _ = e.Done ? i.Done.Add(e.Item) : i.Done.Remove(e.Item));
                break;
            case IncidentCheckedIn e:
                On(e.Id, e, null, new(TimelineKind.Note, e.Text, e.By));
                Waits(e.Id, at, state);
                break;
            case CheckInMissed e:
                On(e.Id, e, i => MissedOne(i, at), new(TimelineKind.State, "Nobody checked in"));
                break;
            case IncidentJoined e:
                On(e.Id, e, i => Joins(i, e.Pages, e.Alerts, e.Services), new(TimelineKind.Page, e.Reason));
                _mustJoin.ExceptWith(e.Pages);
                break;
            case MitigationBegun e:
                On(e.Id, e, i => i.Phase = IncidentPhase.Mitigate, new(TimelineKind.Decision, e.What, e.By));
                break;
            case IncidentMitigated e:
                On(e.Id, e, i => i.Phase = IncidentPhase.Resolve, new(TimelineKind.State, e.How, e.By));
                break;
            case IncidentResolved e:
                On(e.Id, e, i => Resolves(i, e, at, state), new(TimelineKind.State, e.Cause, e.By));
                break;
            case IncidentReopened e:
                On(e.Id, e, Reopens, new(TimelineKind.State, e.Reason, e.By));
                Waits(e.Id, at, state);
                break;
            case IncidentMerged e:
                Merges(e, state);
                break;
            case IncidentTold e:
                On(e.Id, e, null, new(e.Kind, e.Text, e.By));
                break;
            default:
                Other(one.Event, state);
                break;
        }
    }

    /// <summary>When it must be said by that nobody checked in; null for never.</summary>
    public static Duration? Every(SimIncident incident) => incident.Drill ? null : incident.Severity switch
    {
        IncidentSeverity.Sev1 => Duration.FromMinutes(15),
        IncidentSeverity.Sev2 => Duration.FromMinutes(30),
        _ => null,
    };

    private static string Word(IncidentRole role) => role.ToString().ToLowerInvariant();

    private void Declared(IncidentDeclared e, Instant at)
    {
        if (e.Number != _inOrder.Count + 1)
            world.Ledger.Break(e.Number <= _inOrder.Count ? Broken.Twice : Broken.Lost, $"An incident is declared as number {e.Number}, and {_inOrder.Count} are known.");
        var incident = new SimIncident(e, at);
        if (!_all.TryAdd(e.Id, incident)) world.Ledger.Break(Broken.Twice, $"Two incidents have the id {e.Id}.");
        _inOrder.Add(incident);
        _changed.Add(incident);
        foreach (var fact in e.Known) incident.Owes(new(fact.Kind, fact.Text, fact.By));
        incident.Owes(new(TimelineKind.State, e.Reason, e.By));
        Owns(incident);
        Expects(incident);
    }

    private void On(string id, object happened, Action<SimIncident>? change, SimLine? line = null)
    {
        if (Find(id) is not { } incident)
        {
            world.Ledger.Break(Broken.Failed, $"{happened.GetType().Name} is about the incident {id}, which nobody declared.");
            return;
        }

        incident.Events.Add(happened);
        change?.Invoke(incident);
        if (line is not null) incident.Owes(line);
        _changed.Add(incident);
    }

    private static void Takes(SimIncident incident, RoleTaken e)
    {
        // Several may be experts; of every other role there is one.
        incident.Roles.RemoveAll(r => r.Role == e.Role && (e.Role != IncidentRole.Expert || r.Person == e.Person));
        incident.Roles.Add((e.Role, e.Person));
        if (e.Role == IncidentRole.Commander && incident.Phase < IncidentPhase.Respond) incident.Phase = IncidentPhase.Respond;
    }

    /// <summary>A check-in, or what counts as one: the time of the next begins, and what rang because of the last is over.</summary>
    private void Waits(string id, Instant at, HouseState state)
    {
        if (Find(id) is not { } incident) return;
        (incident.AskedAt, incident.Missed) = (at, false);
        incident.Turn++;
        Ends(incident, state);
        Expects(incident);
    }

    private void Expects(SimIncident incident)
    {
        if (Every(incident) is not { } every) return;
        var (turn, due) = (incident.Turn, incident.AskedAt + every + Grace);
        var wait = (due - world.Clock.Wall + SimOwed.StepsWithin).ToTimeSpan();
        promises.Expect(
            Broken.Late, wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => incident.Turn != turn || !incident.Open || incident.Missed ? Standing.Kept : world.Unsettled ? Standing.UnderWay : Standing.Broken,
            () => $"Nobody checked in on {incident.Name} since {incident.AskedAt}, and by {due} nobody is told.");
    }

    private void MissedOne(SimIncident incident, Instant at)
    {
        MissedCheckIns++;
        if (Every(incident) is not { } every || !incident.Open || incident.Missed || at < incident.AskedAt + every + Grace)
            world.Ledger.Break(Broken.Early, $"A check-in of {incident.Name} counts as missed at {at}, {(incident.Open ? "open" : "over")}{(incident.Drill ? ", a drill" : "")}, {incident.Severity}, asked at {incident.AskedAt}.");
        incident.Missed = true;
        var turn = incident.Turn;
        promises.Expect(
            Broken.Lost, SimOwed.PageWithin,
            state => incident.Turn != turn || !incident.Open ? Standing.Kept
                : Told(state, incident) is { Firing: true } alert ? owed.IsTold(state, alert, AlertSeverity.Page) : Standing.Broken,
            () => $"A check-in of {incident.Name} is missed, and its alert has neither a page nor a reason for none.");
        Missed?.Invoke(incident);
    }

    /// <summary>Once somebody checked in, or it is over, nothing rings because nobody did.</summary>
    private void Ends(SimIncident incident, HouseState state)
    {
        var turn = incident.Turn;
        if (Told(state, incident) is null) return;
        promises.Expect(Broken.Late, SimOwed.PageWithin, now =>
        {
            if (incident.Turn != turn || incident.Missed && incident.Open) return Standing.Kept;
            if (world.Unsettled) return Standing.UnderWay;
            foreach (var (id, alert) in now.Get<AlertBook>().All)
            {
                if (!IsOf(alert, incident)) continue;
                if (alert.Firing) return Standing.Broken;
                foreach (var page in now.Get<PageBook>().All.Values)
                    if (page.EndedAt is null && page.Alerts.Contains(id) && page.Alerts.TrueForAll(a => now.Get<AlertBook>().All.GetValueOrDefault(a) is not { } other || IsSurelyOver(other))) return Standing.Broken;
            }

            return Standing.Kept;
        }, () => $"Somebody checked in on {incident.Name}, or it is over, and what rang because nobody did goes on.");
    }

    // One that flaps is told as over once it has stayed quiet; a page that is about it, too, waits as long.
    private static bool IsSurelyOver(Alert alert) => !alert.Firing && alert.Said.LastOrDefault(v => v.Stage == Stage.Notify)?.Outcome != "flapping";

    private void Joins(SimIncident incident, IReadOnlyList<string> pages, IReadOnlyList<string> alerts, IReadOnlyList<string> services)
    {
        incident.Pages.AddRange(pages.Except(incident.Pages, StringComparer.Ordinal).ToArray());
        incident.Alerts.AddRange(alerts.Except(incident.Alerts, StringComparer.Ordinal).ToArray());
        incident.Services.AddRange(services.Except(incident.Services, StringComparer.Ordinal).ToArray());
        Owns(incident);
    }

    private void Resolves(SimIncident incident, IncidentResolved e, Instant at, HouseState state)
    {
        if (!incident.Open) world.Ledger.Break(Broken.Twice, $"{incident.Name} is resolved, and was over.");
        if (e.Override.Length == 0 && world.Minutes.Dirty(incident.Services, incident.DetectedAt, at))
            world.Ledger.Break(Broken.Early, $"{incident.Name} is resolved by its indicators, though {string.Join(", ", incident.Services.Select(s => $"{s} has {world.Minutes.Clean(s, incident.DetectedAt, at)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "only"} clean minutes"))}.");
        (incident.Resolved, incident.Phase) = (true, IncidentPhase.Review);
        Frees(incident);
        incident.Turn++;
        Ends(incident, state);
    }

    private void Reopens(SimIncident incident)
    {
        (incident.Resolved, incident.Phase) = (false, IncidentPhase.Respond);
        Owns(incident);
    }

    private void Merges(IncidentMerged e, HouseState state)
    {
        if (Find(e.Id) is not { Open: true } part || Find(e.Into) is not { Open: true } into || part.Drill != into.Drill)
        {
            world.Ledger.Break(Broken.Failed, $"The incident {e.Id} becomes part of {e.Into}, and one of them is over, or a drill.");
            return;
        }

        On(e.Id, e, i => i.MergedInto = e.Into, new(TimelineKind.State, "made it part of", e.By));
        Frees(part);
        part.Turn++;
        Ends(part, state);
        into.DetectedAt = Instant.Min(into.DetectedAt, part.DetectedAt);
        On(e.Into, e, i => Joins(i, part.Pages, part.Alerts, part.Services), new(TimelineKind.Page, part.Title));
    }

    /// <summary>A page belongs to one open incident: to whichever had it first.</summary>
    private void Owns(SimIncident incident)
    {
        if (!incident.Open) return;
        foreach (var page in incident.Pages) _ofPage.TryAdd(page, incident);
    }

    private void Frees(SimIncident incident)
    {
        foreach (var page in incident.Pages.Where(p => _ofPage.GetValueOrDefault(p) == incident))
        {
            _ofPage.Remove(page);
            if (_inOrder.Find(i => i.Open && i.Pages.Contains(page)) is { } other) _ofPage[page] = other;
        }
    }

    private void Other(object? happened, HouseState state)
    {
        switch (happened)
        {
            case PageIntended { Cause: PageCause.First or PageCause.Reopened, Severity: AlertSeverity.Page, Service.Length: > 0 } e:
                if (!_ofPage.ContainsKey(e.Page) && _inOrder.Exists(i => i.Open && !i.Drill && i.Services.Contains(e.Service)) && !e.Alerts.All(a => state.Get<AlertBook>().All.GetValueOrDefault(a)?.Source == MissedCheckIn.Source))
                    _mustJoin.Add(e.Page);
                break;
            case PageStepTaken e:
                OnPage(e.Page, new(TimelineKind.Page, e.Reason));
                break;
            case PageAcknowledged e:
                OnPage(e.Page, new(TimelineKind.Page, "has the page", e.Person));
                break;
            case PageUnheard e:
                OnPage(e.Page, new(TimelineKind.Page, e.Reason));
                break;
            case PageEnded e:
                OnPage(e.Page, new(TimelineKind.Page, e.Reason, e.By));
                break;
        }
    }

    private void OnPage(string page, SimLine line)
    {
        if (OfPage(page) is not { } incident) return;
        incident.Owes(line);
        _changed.Add(incident);
    }

    private static bool IsOf(Alert alert, SimIncident incident) => alert.Source == MissedCheckIn.Source && alert.Labels["incident"] == incident.Name;

    private static Alert? Told(HouseState state, SimIncident incident)
    {
        Alert? told = null;
        foreach (var (_, alert) in state.Get<AlertBook>().All)
            if (IsOf(alert, incident) && told is not { Firing: true }) told = alert;
        return told;
    }
}
