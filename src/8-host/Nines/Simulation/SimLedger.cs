using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Host.Simulation;

/// <summary>What can break.</summary>
internal enum Broken
{
    /// <summary>An alert without page or reason, a page that nobody tries to deliver, a message counted as sent that nobody took, something of an incident that somebody was answered.</summary>
    Lost,

    /// <summary>Something that was due is not done in time.</summary>
    Late,

    /// <summary>A message left before it was durable, or before one that it must not overtake; a check-in was missed, or an incident over, before it was.</summary>
    Early,

    /// <summary>Something rang after an acknowledgement was answered.</summary>
    RangOn,

    /// <summary>One message under two delivery ids, two incidents under one number.</summary>
    Twice,

    /// <summary>Snapshot and journal do not fold to what the running house knew.</summary>
    Folds,

    /// <summary>Nobody is on call where somebody must be.</summary>
    Gap,

    /// <summary>The house threw what no caller expects, or does not come to rest.</summary>
    Failed,
}

/// <summary>One break: what, when, and what came before it.</summary>
internal sealed record SimBreak(Broken Kind, string What, TimeSpan At, IReadOnlyList<string> Before);

/// <summary>
/// What the world outside the house knows for certain, and what the house therefore owes: the promises are checked against
/// it, not against the house's own books.
/// </summary>
internal sealed class SimLedger
{
    private const int NotesKept = 60;

    private readonly SimWorld _world;
    private readonly SimQuiet _quiet;
    private readonly Queue<(TimeSpan At, Instant Wall, string What, object About)> _notes = new();
    private readonly Dictionary<string, int> _intended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Attempt, TimeSpan At, TimeSpan Offset)> _left = new(StringComparer.Ordinal);
    private readonly HashSet<string> _accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolves = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _arrived = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Target, string Body), string> _bodies = [];
    private readonly HashSet<(string Page, string Person)> _said = [];
    private readonly HashSet<(string Page, string Person)> _has = [];
    private readonly Dictionary<string, HashSet<string>> _alertsOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _mergedInto = new(StringComparer.Ordinal);
    private ulong _digest = 14695981039346656037UL;

    public SimLedger(SimWorld world) => (_world, _quiet) = (world, new(this));

    /// <summary>The first break; null while every promise holds.</summary>
    public SimBreak? First { get; private set; }

    /// <summary>True while somebody looks at every event.</summary>
    public bool Tells { get; init; }

    public int Pages => _pages.Count;

    public int Duplicates { get; private set; }

    public long Events { get; private set; }

    /// <summary>Follows from every durable event: two runs of a seed must agree in it.</summary>
    public ulong Digest => _digest;

    /// <summary>What each durable event leads to, beside the promises that are kept here.</summary>
    public Action<Recorded, HouseState>? Happened { get; set; }

    /// <summary>Told of each page that somebody was answered is theirs.</summary>
    public Action<string> HasPage { get; set; } = _ => { };

    public void Break(Broken kind, string what)
    {
        if (First is not null) return;
        First = new(kind, what, _world.Clock.Now, [.. _notes.Select(n => $"{Text(n.At)} ({n.Wall:uuuu-MM-dd HH:mm:ss}Z) {n.What} {n.About}")]);
    }

    /// <summary>Remembers a step for whoever reads of a break.</summary>
    public void Note(string what, object about)
    {
        if (Tells) _world.Say($"{Text(_world.Clock.Now)} ({_world.Clock.Wall:uuuu-MM-dd HH:mm:ss}Z) {what} {about}");
        if (_notes.Count == NotesKept) _notes.Dequeue();
        _notes.Enqueue((_world.Clock.Now, _world.Clock.Wall, what, about));
    }

    /// <summary>Entries are in the journal, whoever has heard of it.</summary>
    public void Durable(long head, IReadOnlyList<NewEntry> entries)
    {
        foreach (var entry in entries)
        {
            Events++;
            if (entry.Type == "outbox.intended.v1") _intended.TryAdd(entry.Stream.Key, _intended.Count);
            Digesting(entry);
            Note("durable", entry.Type + " " + entry.Stream.Key);
        }
    }

    /// <summary>A process has folded the journal: what it is told from now on, and what no process was told before.</summary>
    public async Task StartedAsync(SimProcess process)
    {
        var events = process.Get<EventCatalog>();
        await foreach (var entry in _world.Durable.ReadAsync(Heard, CancellationToken.None)) Hear(new(entry, events.Read(entry.Type, entry.Data)), process.State);
        process.Get<House>().Watch((state, news) =>
        {
            foreach (var one in news) Hear(one, state);
        });
    }

    /// <summary>One durable event, each once and in order.</summary>
    private void Hear(Recorded one, HouseState state)
    {
        if (one.Entry.Position <= Heard) return;
        Heard = one.Entry.Position;
        switch (one.Event)
        {
            case PageIntended { Severity: AlertSeverity.Page } page:
                if (_pages.Add(page.Page)) Note("page", page.Page);
                if (page.Cause == PageCause.Resolved) _resolves.UnionWith(page.Messages.Select(m => m.Effect));
                break;
            case OutboxSettled { End: EffectEnd.Accepted } settled when !_accepted.Contains(settled.Id):
                Break(Broken.Lost, $"The message {settled.Id} counts as sent, and no receiver took it.");
                break;
        }

        if (one.Event is PageIntended told) AlertsOf(told.Page).UnionWith(told.Alerts);
        if (one.Event is PageMerged merged)
        {
            _mergedInto[merged.Page] = merged.Into;
            AlertsOf(merged.Into).UnionWith(merged.Alerts);
        }

        if (one.Event is PageAcknowledged has) Acknowledges(has, one, state);
        _quiet.Hear(one, state);
        Happened?.Invoke(one, state);
    }

    /// <summary>Whoever has a page said so, be it about one that became part of it, and all that fires of it knows.</summary>
    private void Acknowledges(PageAcknowledged has, Recorded one, HouseState state)
    {
        _has.Add((has.Page, has.Person));
        if (!_said.Any(s => s.Person == has.Person && Whole(s.Page) == has.Page)) Break(Broken.Lost, $"The page {has.Page} counts as taken on by {has.Person}, who never said so.");
        if (state.Get<PageBook>().All.GetValueOrDefault(has.Page) is not { AcknowledgedAt: { } at } page || at != one.Entry.At) return;
        // What joined the page after it had been taken on is not in anybody's hands.
        foreach (var id in AlertsOf(has.Page))
            if (state.Get<AlertBook>().All.GetValueOrDefault(id) is { Firing: true, AcknowledgedAt: null } alert && alert.HeardAt < at)
                Break(Broken.RangOn, $"The page {page.Id} is in somebody's hands, and nobody knows it of its alert {id}.");
    }

    /// <summary>The alerts that a page is about so far.</summary>
    private HashSet<string> AlertsOf(string page) => _alertsOf.TryGetValue(page, out var alerts) ? alerts : _alertsOf[page] = new(StringComparer.Ordinal);

    /// <summary>The page that a page is part of by now.</summary>
    private string Whole(string page)
    {
        while (_mergedInto.TryGetValue(page, out var into)) page = into;
        return page;
    }

    /// <summary>Position of the newest event heard.</summary>
    public long Heard { get; private set; }

    /// <summary>A try begins.</summary>
    public void Left(Delivery delivery)
    {
        Note("leaves", $"{delivery.Kind} {delivery.Id} to {delivery.Target} about {delivery.About}, try {delivery.Attempt}");
        Rests(delivery);
        _quiet.Left(delivery);
        if (!_intended.TryGetValue(delivery.Id, out var order)) Break(Broken.Early, $"The message {delivery.Id} leaves before it is durable that it shall.");
        if (_resolves.Contains(delivery.Id) && _world.Process.State.Get<Outbox>() is var outbox)
            foreach (var earlier in outbox.Pending.Values)
                if (earlier.Target == delivery.Target && earlier.About == delivery.About && _intended[earlier.Id] < order && !_resolves.Contains(earlier.Id))
                    Break(Broken.Early, $"{delivery.Target} hears that {delivery.About} is over ({delivery.Id}) before the message {earlier.Id} has settled.");
    }

    /// <summary>A receiver in trouble is given time: a second, then twice as long each time, up to a minute, less a fifth.</summary>
    private void Rests(Delivery delivery)
    {
        var (now, offset) = (_world.Clock.Now, _world.Clock.Offset);
        if (_left.TryGetValue(delivery.Id, out var last) && delivery.Attempt == last.Attempt + 1 && last.Offset == offset)
        {
            var least = TimeSpan.FromSeconds(0.8 * Math.Min(60, Math.Pow(2, last.Attempt - 1))) - TimeSpan.FromMilliseconds(2);
            if (now - last.At < least) Break(Broken.Early, $"Try {delivery.Attempt} of the message {delivery.Id} comes {(now - last.At).TotalSeconds:0.0} s after the one before, and must wait {least.TotalSeconds:0.0} s.");
        }

        _left[delivery.Id] = (delivery.Attempt, now, offset);
    }

    /// <summary>Somebody was answered that they have a page.</summary>
    public void Answered(string page)
    {
        Note("answered", "that somebody has the page " + page);
        Acknowledged++;
        _quiet.Answered(page);
        HasPage(page);
    }

    /// <summary>
    /// Somebody said by a link that they have a page; one that became part of another is theirs with that one. The page that
    /// they were answered may have become part of another since: that one goes on ringing, whoever had the first.
    /// </summary>
    public void Took(string page, string person, Outcome<string> taken, HouseState state)
    {
        if (state.Get<PageBook>().All.GetValueOrDefault(Whole(page)) is not { EndedAt: null, Run: not null } whole) return;
        if (!taken.Ok) Break(Broken.Lost, $"{person} was refused the page {page}, and {whole.Id} is open: {string.Join(' ', taken.Problems.Select(p => p.What))}");
        else if (Whole(taken.Value) != whole.Id || !_has.Contains((taken.Value, person))) Break(Broken.Lost, $"{person} was answered that the page {page} is theirs, and {whole.Id} does not know it.");
    }

    /// <summary>Somebody is about to say that they have a page.</summary>
    public void Says(string page, string person) => _said.Add((page, person));

    /// <summary>How often somebody was answered that a page is theirs.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>True once a try of it began.</summary>
    public bool HasLeft(string effect) => _left.ContainsKey(effect);

    /// <summary>True once a receiver has it.</summary>
    public bool HasArrived(string effect) => _arrived.ContainsKey(effect);

    /// <summary>The receiver has it.</summary>
    public void Arrived(Delivery delivery, bool heard)
    {
        Note("arrives", delivery.Id);
        var times = _arrived[delivery.Id] = _arrived.GetValueOrDefault(delivery.Id) + 1;
        if (times > 1) Duplicates++;
        var body = delivery.Payload.GetRawText();
        // A body without its time may well be said again in the same words.
        if (delivery.Payload.TryGetProperty("at", out _) && !_bodies.TryAdd((delivery.Target, body), delivery.Id) && _bodies[(delivery.Target, body)] is var first && first != delivery.Id)
            Break(Broken.Twice, $"{delivery.Target} has one message under two ids, {first} and {delivery.Id}.");
        if (times == 1 && heard) _world.People.Ring(delivery);
    }

    /// <summary>The provider said so.</summary>
    public void Accepted(Delivery delivery) => _accepted.Add(delivery.Id);

    private void Digesting(NewEntry entry)
    {
        // Sealed text differs from run to run; what it says does not.
        if (entry.Type.StartsWith("manifests.", StringComparison.Ordinal)) return;
        foreach (var c in entry.Stream.Key) _digest = (_digest ^ c) * 1099511628211UL;
        foreach (var b in entry.Data.Span) _digest = (_digest ^ b) * 1099511628211UL;
        _digest = (_digest ^ (ulong)entry.At.ToUnixTimeTicks()) * 1099511628211UL;
    }

    private static string Text(TimeSpan at) => at.ToString(@"d\.hh\:mm\:ss\.fff", System.Globalization.CultureInfo.InvariantCulture);
}
