namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>What came through the remote-write door since the start.</summary>
internal sealed class RemoteWriteFigures
{
    private long _accepted, _refused, _bytes, _histograms, _skippedHistograms;

    public long Accepted => Volatile.Read(ref _accepted);

    public long Refused => Volatile.Read(ref _refused);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Native histograms that were taken.</summary>
    public long Histograms => Volatile.Read(ref _histograms);

    /// <summary>Native histograms that were left out.</summary>
    public long SkippedHistograms => Volatile.Read(ref _skippedHistograms);

    public void Count(int status, int length)
    {
        Interlocked.Increment(ref status < 300 ? ref _accepted : ref _refused);
        Interlocked.Add(ref _bytes, length);
    }

    public void CountHistograms(int taken, int skipped)
    {
        if (taken > 0) Interlocked.Add(ref _histograms, taken);
        if (skipped > 0) Interlocked.Add(ref _skippedHistograms, skipped);
    }
}
