namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>What came through the remote-write door since the start.</summary>
internal sealed class RemoteWriteFigures
{
    private long _accepted, _refused, _bytes, _histograms;

    public long Accepted => Volatile.Read(ref _accepted);

    public long Refused => Volatile.Read(ref _refused);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Native histograms, which are not measured from.</summary>
    public long Histograms => Volatile.Read(ref _histograms);

    public void Count(int status, int length)
    {
        Interlocked.Increment(ref status < 300 ? ref _accepted : ref _refused);
        Interlocked.Add(ref _bytes, length);
    }

    public void CountHistograms(int count)
    {
        if (count > 0) Interlocked.Add(ref _histograms, count);
    }
}
