using System.Collections.Immutable;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Heartbeats;

/// <summary>Hears heartbeats and judges which stayed out: the use cases behind the doors and the duties.</summary>
public sealed class HeartbeatDesk(IHouse house, CompiledManifests manifests, AlertRoutes routes, HeartbeatBoard board, TimeProvider clock)
{
    /// <summary>All that are promised.</summary>
    public IReadOnlyList<Heartbeat> All(HouseState state) => [.. manifests.For(state).Of<Heartbeat>()];

    /// <summary>
    /// A ping. The first of all, and one that ends an absence, are durable before this answers; the others are remembered
    /// and written down now and then.
    /// </summary>
    public async Task HearAsync(Heartbeat beat, Actor actor, CancellationToken stop)
    {
        // One time for memory and journal: a moment later would look like the word of another node.
        var at = clock.Now();
        board.Heard(beat.Name, at);
        var book = house.State.Get<HeartbeatBook>();
        if (book.Last.ContainsKey(beat.Name) && !book.Missed.ContainsKey(beat.Name)) return;
        await house.DecideAsync(actor, deciding =>
        {
            var known = deciding.State.Get<HeartbeatBook>();
            if (!known.Last.ContainsKey(beat.Name) || known.Missed.ContainsKey(beat.Name)) deciding.Write(Stream, Heard([(beat.Name, at)]));
            if (known.Missed.ContainsKey(beat.Name)) Return(deciding, beat.Name, HeartbeatRules.Labels(beat), "It is heard again.");
            return Outcome<bool>.Of(true);
        }, stop: stop);
    }

    /// <summary>When the next one counts as missed.</summary>
    internal Instant? NextDeadline(HouseState state)
    {
        var book = state.Get<HeartbeatBook>();
        Instant? next = null;
        var all = manifests.For(state).Manifests<Heartbeat>();
        if (all.Count == 0 && book.Missed.IsEmpty) return null;
        foreach (var beat in all.Select(m => (Heartbeat)m.Spec!))
        {
            if (book.Missed.ContainsKey(beat.Name) || DeadlineOf(beat, book) is not { } at) continue;
            next = next is { } earlier ? Instant.Min(earlier, at) : at;
        }

        // One that is no longer promised is let go at once.
        return book.Missed.Keys.Any(name => all.All(b => b.Metadata.Name != name)) ? Instant.MinValue : next;
    }

    /// <summary>Writes down which stayed out, and lets their alerts begin, in one commit.</summary>
    internal async Task JudgeAsync(Actor actor, CancellationToken stop)
    {
        var missed = new List<string>();
        await house.DecideAsync(actor, deciding =>
        {
            missed.Clear();
            var (state, now) = (deciding.State, deciding.Now);
            var (book, catalog, all) = (state.Get<HeartbeatBook>(), manifests.For(state), All(state));
            var received = new List<ReceivedAlert>();
            foreach (var beat in all)
            {
                if (book.Missed.ContainsKey(beat.Name) || DeadlineOf(beat, book) is not { } deadline || deadline > now) continue;
                var last = LastOf(beat.Name, book)!.Value;
                deciding.Write(StreamOf(beat.Name), new HeartbeatMissed(beat.Name, last, HeartbeatRules.Reason(beat, last)));
                received.Add(new(HeartbeatRules.Missed(beat, last, now, catalog.Find<Service>(beat.Service))));
                missed.Add(beat.Name);
            }

            if (received.Count > 0)
                foreach (var (stream, happened) in Intake.Take(state.Get<AlertBook>(), routes.For(state), received, now, deciding.NewId).Events) deciding.Write(stream, happened);
            foreach (var name in book.Missed.Keys.Where(name => all.All(b => b.Name != name)))
                Return(deciding, name, null, "It is no longer promised.");
            return Outcome<bool>.Of(true);
        }, stop: stop);
        foreach (var name in missed) board.Missed(name);
    }

    /// <summary>When something that was heard here must be written down.</summary>
    internal Instant? NextWriting(HouseState state)
    {
        var book = state.Get<HeartbeatBook>();
        Instant? next = null;
        foreach (var beat in manifests.For(state).Of<Heartbeat>())
            if (board.Last(beat.Name) is { } heard && HeartbeatRules.WriteBy(beat, WrittenOf(beat.Name, book), heard) is { } by) next = next is { } earlier ? Instant.Min(earlier, by) : by;
        return next;
    }

    /// <summary>Writes down everything newer than the book, in one entry.</summary>
    internal Task WriteAsync(Actor actor, CancellationToken stop) => house.DecideAsync(actor, deciding =>
    {
        var book = deciding.State.Get<HeartbeatBook>();
        var newer = All(deciding.State).Select(b => (b.Name, At: board.Last(b.Name))).Where(b => b.At is { } at && !(WrittenOf(b.Name, book) >= at)).Select(b => (b.Name, b.At!.Value)).ToArray();
        if (newer.Length > 0) deciding.Write(Stream, Heard(newer));
        return Outcome<bool>.Of(true);
    }, stop: stop);

    /// <summary>When one was heard last, here or elsewhere.</summary>
    internal Instant? LastOf(string name, HeartbeatBook book) => (board.Last(name), WrittenOf(name, book)) switch
    {
        ({ } own, { } written) => Instant.Max(own, written),
        (var own, var written) => own ?? written,
    };

    internal Instant? DeadlineOf(Heartbeat beat, HeartbeatBook book) => HeartbeatRules.Deadline(beat, WrittenOf(beat.Name, book), board.Last(beat.Name), board.Listening);

    private static Instant? WrittenOf(string name, HeartbeatBook book) => book.Last.TryGetValue(name, out var at) ? at : null;

    private void Return(Deciding deciding, string name, AlertLabels? labels, string reason)
    {
        deciding.Write(StreamOf(name), new HeartbeatReturned(name, reason));
        var book = deciding.State.Get<AlertBook>();
        // Its manifest may have changed since, and with it service or severity: the alert is found by its name.
        var alerts = labels is not null && book.Find(labels.Fingerprint) is { Firing: true } one ? [one] : book.All.Values.Where(a => a.Firing && a.Source == "heartbeats" && a.Labels["heartbeat"] == name).ToArray();
        foreach (var alert in alerts)
            if (Intake.End(book, routes.For(deciding.State), alert.Labels, deciding.Now, reason, deciding.Now) is { } end) deciding.Write(end.Stream, end.Event);
    }

    private static HeartbeatsHeard Heard(IEnumerable<(string Name, Instant At)> last) => new(last.ToImmutableSortedDictionary(l => l.Name, l => l.At, StringComparer.Ordinal));

    private static StreamName Stream { get; } = new("heartbeats", "heard");

    private static StreamName StreamOf(string name) => new("heartbeat", name);
}
