using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Nines.Kernel;
using Nines.Shell.Pages;

namespace Nines.Shell.Live;

/// <summary>One piece of a page that changes while somebody looks: the element with that id gets that inside.</summary>
public sealed record Fragment(string Id, string Html);

/// <summary>
/// What a room shows live. A topic is a page's subject, such as <c>overview</c> or <c>objective:checkout-availability</c>;
/// the source of its first word draws the fragments.
/// </summary>
public interface ILiveSource
{
    /// <summary>The topic's first word, before a colon.</summary>
    string Topic { get; }

    /// <summary>Draws the fragments of one topic; <paramref name="name"/> is what follows the colon, empty without one.</summary>
    Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop);
}

/// <summary>News of one topic, for everybody who looks at it.</summary>
internal sealed record LiveNews(string Topic, IReadOnlyList<Fragment> Fragments)
{
    /// <summary>As it travels; made once, however many look.</summary>
    [JsonIgnore]
    public byte[] Wire => field ??= [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(this, HouseJson.Options), .. "\n\n"u8];
}

/// <summary>
/// Tells looking browsers what changed. Changes are gathered for 100 ms, each topic is then drawn once for everybody,
/// and only fragments that differ from the last ones travel.
/// </summary>
public sealed class LiveHub(IEnumerable<ILiveSource> sources, Drawing drawing, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<string, ILiveSource> _sources = sources.ToDictionary(s => s.Topic);
    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();
    private readonly ConcurrentDictionary<string, byte> _changed = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _last = new();
    private readonly CancellationTokenSource _stop = new();
    private int _pending;

    /// <summary>How many browsers listen now.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>
    /// Says that a topic's fragments may have changed. Cheap, never waits: safe on the writer. A word without a colon
    /// means that topic and all of its names.
    /// </summary>
    public void Changed(string topic)
    {
        if (_listeners.IsEmpty) return;
        _changed[topic] = 0;
        if (Interlocked.Exchange(ref _pending, 1) == 0) _ = SpreadAsync();
    }

    internal Listener Listen(IEnumerable<string> topics)
    {
        var listener = new Listener(topics.Where(t => _sources.ContainsKey(Word(t))).ToHashSet());
        _listeners[listener] = 0;
        return listener;
    }

    internal void Forget(Listener listener) => _listeners.TryRemove(listener, out _);

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task SpreadAsync()
    {
        try
        {
            await Task.Delay(Gather, clock, _stop.Token);
            Interlocked.Exchange(ref _pending, 0);
            var changed = _changed.Keys.ToArray();
            foreach (var topic in changed) _changed.TryRemove(topic, out _);
            var wanted = _listeners.Keys.SelectMany(l => l.Topics).ToHashSet();
            foreach (var topic in wanted.Where(w => changed.Any(c => c == w || c == Word(w)))) await SpreadAsync(topic);
            foreach (var gone in _last.Keys.Where(k => !wanted.Contains(k)).ToArray()) _last.TryRemove(gone, out _);
        }
        catch (OperationCanceledException)
        {
            // The server stops; the streams end by themselves.
        }
    }

    private async Task SpreadAsync(string topic)
    {
        var colon = topic.IndexOf(':', StringComparison.Ordinal);
        var drawn = await _sources[Word(topic)].DrawAsync(drawing, colon < 0 ? "" : topic[(colon + 1)..], _stop.Token);
        var last = _last.GetOrAdd(topic, _ => []);
        var different = new List<Fragment>();
        foreach (var fragment in drawn)
        {
            if (last.TryGetValue(fragment.Id, out var before) && before == fragment.Html) continue;
            last[fragment.Id] = fragment.Html;
            different.Add(fragment);
        }
        if (different.Count == 0) return;
        var news = new LiveNews(topic, different);
        foreach (var listener in _listeners.Keys.Where(l => l.Topics.Contains(topic))) listener.Tell(news);
    }

    private static string Word(string topic) => topic.Split(':', 2)[0];

    internal sealed class Listener(IReadOnlySet<string> topics)
    {
        // A browser that reads slower than pages change loses the oldest news: newer ones hold all it needs.
        private readonly Channel<LiveNews> _news = Channel.CreateBounded<LiveNews>(new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public IReadOnlySet<string> Topics { get; } = topics;

        public ChannelReader<LiveNews> News => _news.Reader;

        public void Tell(LiveNews news) => _news.Writer.TryWrite(news);
    }
}
