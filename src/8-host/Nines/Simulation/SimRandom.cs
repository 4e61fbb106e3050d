namespace Nines.Host.Simulation;

/// <summary>
/// Randomness that follows from a seed alone, on every machine and version: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
/// It costs nothing to make, so that every actor of a world has a stream of its own.
/// </summary>
internal sealed class SimRandom(ulong seed) : Random
{
    private ulong _state = seed;

    /// <summary>A seed for a part: the parts of a world do not shift each other.</summary>
    public static ulong Derive(ulong seed, ulong part)
    {
        var random = new SimRandom(seed ^ (part * 0xD1B54A32D192ED03UL));
        random.NextWord();
        return random.NextWord();
    }

    public ulong NextWord()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>True so often of a hundred.</summary>
    public bool Percent(double chance) => NextDouble() * 100 < chance;

    public T Of<T>(IReadOnlyList<T> all) => all[Next(all.Count)];

    /// <summary>A time between two, short ones as likely as long ones (log-uniform).</summary>
    public TimeSpan Spread(TimeSpan least, TimeSpan most) => least * Math.Pow(most / least, NextDouble());

    /// <summary>A time between two, evenly.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * NextDouble());

    public override int Next() => (int)(NextWord() >> 33);

    public override int Next(int maxValue) => (int)(((NextWord() >> 32) * (ulong)maxValue) >> 32);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override double NextDouble() => (NextWord() >> 11) * (1.0 / (1UL << 53));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length;)
        {
            var word = NextWord();
            for (var b = 0; b < 8 && i < buffer.Length; b++, i++, word >>= 8) buffer[i] = (byte)word;
        }
    }

    protected override double Sample() => NextDouble();
}
