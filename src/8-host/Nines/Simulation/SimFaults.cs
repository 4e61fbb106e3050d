namespace Nines.Host.Simulation;

/// <summary>Where a process can die.</summary>
internal enum CrashPoint
{
    /// <summary>Decided, and nothing durable yet.</summary>
    BeforeAppend,

    /// <summary>Durable, and nobody has heard of it.</summary>
    AfterAppend,

    /// <summary>A message is about to leave.</summary>
    BeforeSend,

    /// <summary>The receiver has it, and its answer is not written yet.</summary>
    AfterSend,
}

/// <summary>How a provider behaves for a while.</summary>
internal enum Mood
{
    /// <summary>Takes messages within a second.</summary>
    Healthy,

    /// <summary>Takes them, later than its caller waits now and then.</summary>
    Slow,

    /// <summary>429 with a time to wait.</summary>
    Busy,

    /// <summary>500.</summary>
    Broken,

    /// <summary>Never answers, has nothing.</summary>
    Dropping,

    /// <summary>Has the message, and its answer is lost.</summary>
    Mute,

    /// <summary>Says "accepted" and throws the message away.</summary>
    Lying,

    /// <summary>Refuses for good.</summary>
    Refusing,

    /// <summary>Answers what no protocol knows.</summary>
    Garbage,
}

/// <summary>Disk and providers of one world: when they misbehave, and how.</summary>
internal sealed class SimFaults
{
    private static readonly Mood[] Bad = [Mood.Slow, Mood.Busy, Mood.Broken, Mood.Dropping, Mood.Mute, Mood.Lying, Mood.Refusing, Mood.Garbage];

    private readonly SimRandom _random;
    private readonly List<(TimeSpan From, TimeSpan Until)> _full = [];
    private readonly Dictionary<string, List<(TimeSpan From, TimeSpan Until, Mood Mood)>> _moods = new(StringComparer.Ordinal);

    public SimFaults(SimRandom random, TimeSpan length, IReadOnlyList<string> kinds)
    {
        _random = random;
        for (var n = random.Percent(20) ? random.Next(1, 3) : 0; n > 0; n--) _full.Add(Stretch(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5)));
        foreach (var kind in kinds)
        {
            var moods = _moods[kind] = [];
            for (var n = random.Next(6); n > 0; n--)
            {
                var (from, until) = Stretch(TimeSpan.FromMinutes(1), TimeSpan.FromHours(12));
                moods.Add((from, until, random.Of(Bad)));
            }
        }

        // Sometimes everything is bad at once: an outage of the line, or of a provider behind all of them.
        if (random.Percent(40))
        {
            var (from, until) = Stretch(TimeSpan.FromMinutes(5), TimeSpan.FromHours(3));
            Outage = from;
            foreach (var kind in kinds) _moods[kind].Insert(0, (from, until, random.Of(Bad)));
        }

        (TimeSpan From, TimeSpan Until) Stretch(TimeSpan least, TimeSpan most)
        {
            var from = length * random.NextDouble();
            return (from, from + random.Spread(least, most));
        }
    }

    /// <summary>True once everything works again, for the rest of the world.</summary>
    public bool Over { get; set; }

    /// <summary>When every way out turns bad at once; null for never.</summary>
    public TimeSpan? Outage { get; }

    /// <summary>When the disk is full, and for how long.</summary>
    public IEnumerable<(TimeSpan From, TimeSpan Length)> FullDisk => _full.Select(f => (f.From, f.Until - f.From));

    public bool DiskFull(TimeSpan now) => !Over && _full.Exists(f => f.From <= now && now < f.Until);

    /// <summary>How long an append takes where it takes any time.</summary>
    public TimeSpan? DiskDelay() => !Over && _random.Percent(4) ? _random.Spread(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2)) : null;

    public Mood MoodOf(string kind, TimeSpan now)
    {
        if (Over || !_moods.TryGetValue(kind, out var moods)) return Mood.Healthy;
        foreach (var (from, until, mood) in moods)
            if (from <= now && now < until) return mood;
        return Mood.Healthy;
    }
}
