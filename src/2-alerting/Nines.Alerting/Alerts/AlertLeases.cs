using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>
/// The ends of alerts that are sent again and again: a lease in memory, not an entry each. A process that has just
/// started, or whose clock was set or stood still, gives every alert one resolve timeout before it may end, so that its
/// sender has time to be heard.
/// </summary>
public sealed class AlertLeases
{
    private static readonly Duration ClockStep = Duration.FromMinutes(1);

    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reworded = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Duration _timeout;
    private Instant _graceFrom;
    private Instant _looked;
    private long _ticked;
    private Instant? _unwritten;
    private Instant? _shortened;

    /// <summary>Begins with a grace for everything that is heard of no more.</summary>
    public AlertLeases(TimeProvider clock, IdSource ids, IOptions<AlertsOptions> options)
    {
        (_clock, _timeout) = (clock, options.Value.ResolvesAfter());
        _graceFrom = _looked = clock.Now();
        _ticked = clock.GetTimestamp();
        Node = ids.Next(_looked);
    }

    /// <summary>This process, among others of the same journal.</summary>
    public string Node { get; }

    /// <summary>How long an alert that does not say its end fires after it was last sent.</summary>
    public Duration Timeout => _timeout;

    /// <summary>Since when something was heard that the journal does not know; null for nothing.</summary>
    public Instant? Unwritten
    {
        get
        {
            lock (_gate) return _unwritten;
        }
    }

    /// <summary>The earliest end that a sender moved forward since the last look at ends; null for none.</summary>
    public Instant? Shortened
    {
        get
        {
            lock (_gate) return _shortened;
        }
    }

    /// <summary>All ends are looked at now.</summary>
    public void Checking()
    {
        lock (_gate) _shortened = null;
    }

    /// <summary>Moves the end of an alert that fires; false where it is being ended at this moment, so that the writer has to decide.</summary>
    public bool TryRenew(Alert alert, in Renewal renewal)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(alert.Id, out var held) && held.Ending && held.HeardAt >= alert.HeardAt) return false;
            Put(alert, held, renewal);
            return true;
        }
    }

    /// <summary>Moves the end of an alert that the writer found firing, whatever was thought of it before.</summary>
    public void Renew(Alert alert, in Renewal renewal)
    {
        lock (_gate) Put(alert, _held.GetValueOrDefault(alert.Id), renewal);
    }

    /// <summary>When an alert ends and when it was last heard of, by all that this process knows; null for one that ends only when somebody says so.</summary>
    public (Instant EndsAt, Instant HeardAt)? Of(Alert alert, AlertEnds ends)
    {
        lock (_gate) return Find(alert, ends);
    }

    /// <summary>True where an alert's end has come: from now on only the writer may move it.</summary>
    public bool TryEnd(Alert alert, AlertEnds ends, Instant now, out Instant end)
    {
        lock (_gate)
        {
            end = Instant.MaxValue;
            if (Find(alert, ends) is not { } known) return false;
            end = known.EndsAt;
            if (end > now) return false;
            _held[alert.Id] = new(end, known.HeardAt, TimesOut: false, Ending: true, _held.GetValueOrDefault(alert.Id).Words);
            return true;
        }
    }

    /// <summary>
    /// An alert as its sender described it last, when it ends (null where only somebody's word ends it) and when it was last heard
    /// of. Almost always the words are those of the alert itself, which is then answered as it is.
    /// </summary>
    public (Alert Said, Instant? EndsAt, Instant HeardAt) Newest(Alert alert, AlertEnds ends)
    {
        lock (_gate)
        {
            var known = _held.TryGetValue(alert.Id, out var held) && held.HeardAt >= alert.HeardAt;
            var end = Find(alert, ends, known ? held : null)?.EndsAt;
            return known ? (held.Words is { } words ? alert.Says(words) : alert, end, held.HeardAt) : (alert, end, alert.HeardAt);
        }
    }

    /// <summary>Noticed at least every few seconds: a clock that was set, or a machine that stood still, begins a new grace.</summary>
    public void Look(Instant now)
    {
        lock (_gate)
        {
            var ticked = _clock.GetTimestamp();
            var passed = Duration.FromTimeSpan(_clock.GetElapsedTime(_ticked, ticked));
            if (now - _looked - passed > ClockStep) _graceFrom = now;
            (_looked, _ticked) = (now, ticked);
        }
    }

    /// <summary>What the journal shall know: see <see cref="AlertsRenewed"/>.</summary>
    public AlertsRenewed Write(AlertBook book, AlertEnds ends, Instant now, int mostWords)
    {
        var until = now + (_timeout / 2);
        lock (_gate)
        {
            var earlier = new List<AlertEnd>();
            foreach (var alert in book.All.Values)
                if (alert.Firing && Find(alert, ends) is { } known && known.EndsAt < until) earlier.Add(new(alert.Id, known.EndsAt));
            var words = new List<AlertWords>();
            foreach (var id in _reworded)
                if (words.Count < mostWords && book.All.GetValueOrDefault(id) is { Firing: true } && _held.GetValueOrDefault(id).Words is { } said) words.Add(said);
            earlier.Sort(static (a, b) => string.CompareOrdinal(a.Id, b.Id));
            return new(Node, until, earlier, words);
        }
    }

    /// <summary>That is durable now; what no longer fires is forgotten.</summary>
    public void Written(AlertsRenewed written, AlertBook book)
    {
        lock (_gate)
        {
            _unwritten = null;
            foreach (var words in written.Words) _reworded.Remove(words.Id);
            foreach (var (id, _) in _held)
                if (book.All.GetValueOrDefault(id) is not { Firing: true })
                {
                    _held.Remove(id);
                    _reworded.Remove(id);
                }
        }
    }

    private (Instant EndsAt, Instant HeardAt)? Find(Alert alert, AlertEnds ends) =>
        Find(alert, ends, _held.TryGetValue(alert.Id, out var held) && held.HeardAt >= alert.HeardAt ? held : null);

    private (Instant EndsAt, Instant HeardAt)? Find(Alert alert, AlertEnds ends, Held? held)
    {
        if (alert.EndsAt is null) return null;
        var (end, heard) = held is { } known ? (known.EndsAt, known.HeardAt) : ends.Of(alert);
        return (heard < _graceFrom ? Instant.Max(end, _graceFrom + _timeout) : end, heard);
    }

    private void Put(Alert alert, Held held, in Renewal renewal)
    {
        var current = held.HeardAt >= alert.HeardAt && held.HeardAt != default ? held : new(alert.EndsAt ?? Instant.MaxValue, alert.HeardAt, alert.TimesOut, Ending: false, Words: null);
        // An end that the sender said holds against an earlier one, also against one made from the resolve timeout.
        var keeps = current.EndsAt > renewal.EndsAt && !current.TimesOut && current.EndsAt != Instant.MaxValue;
        var words = renewal.Words(alert, current.Words);
        _held[alert.Id] = new(keeps ? current.EndsAt : renewal.EndsAt, renewal.At, !keeps && renewal.TimesOut, Ending: false, words);
        if (words is not null && !ReferenceEquals(words, current.Words)) _reworded.Add(alert.Id);
        _unwritten ??= renewal.At;
        if (!keeps && renewal.EndsAt < current.EndsAt && (_shortened is not { } soonest || renewal.EndsAt < soonest)) _shortened = renewal.EndsAt;
    }

    private readonly record struct Held(Instant EndsAt, Instant HeardAt, bool TimesOut, bool Ending, AlertWords? Words);
}

/// <summary>An alert that fires was sent again.</summary>
/// <param name="At">When.</param>
/// <param name="EndsAt">When it ends now; never, as far as this sender says, is <see cref="Instant.MaxValue"/>.</param>
/// <param name="TimesOut">True where that was made from the resolve timeout.</param>
/// <param name="Says">What its sender says now.</param>
public readonly record struct Renewal(Instant At, Instant EndsAt, bool TimesOut, Incoming Says)
{
    /// <summary>The words that an alert has now; null while they are those of its own; the same object where they are those said before.</summary>
    internal AlertWords? Words(Alert alert, AlertWords? before)
    {
        var started = Instant.Min(Says.StartedAt, before?.StartedAt ?? alert.StartedAt);
        var (title, reason, notes, url) = before is null
            ? (alert.Title, alert.Reason, alert.Annotations, alert.GeneratorUrl)
            : (before.Title, before.Reason, before.Annotations, before.GeneratorUrl);
        return started == (before?.StartedAt ?? alert.StartedAt) && Says.Title == title && Says.Reason == reason && Says.GeneratorUrl == url && Same(Says.Annotations, notes)
            ? before
            : new(alert.Id, started, Says.Title, Says.Reason, Says.Annotations, Says.GeneratorUrl);
    }

    private static bool Same(ImmutableSortedDictionary<string, string> a, ImmutableSortedDictionary<string, string> b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a.Count != b.Count) return false;
        foreach (var (name, value) in a)
            if (!b.TryGetValue(name, out var other) || other != value) return false;
        return true;
    }
}

/// <summary>Puts a sender's newest words on an alert.</summary>
internal static class AlertSays
{
    public static Alert Says(this Alert alert, AlertWords words) => alert with
    {
        StartedAt = words.StartedAt,
        Title = words.Title,
        Reason = words.Reason,
        Annotations = words.Annotations,
        GeneratorUrl = words.GeneratorUrl,
    };

    public static AlertBook Reword(this AlertBook book, AlertsRenewed e)
    {
        if (e.Words.Count == 0) return book;
        var all = book.All.ToBuilder();
        foreach (var words in e.Words)
            if (all.TryGetValue(words.Id, out var alert)) all[words.Id] = alert.Says(words);
        return book with { All = all.ToImmutable() };
    }
}
