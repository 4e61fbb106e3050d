namespace Nines.Measuring.Ingestion.RemoteWrite;

/// <summary>What came through the remote-write door since the start.</summary>
internal sealed class RemoteWriteFigures
{
    private long accepted, refused, bytes, histograms;

    public long Accepted => Volatile.Read(ref accepted);

    public long Refused => Volatile.Read(ref refused);

    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Native histograms, which are not measured from.</summary>
    public long Histograms => Volatile.Read(ref histograms);

    public void Count(int status, int length)
    {
        Interlocked.Increment(ref status < 300 ? ref accepted : ref refused);
        Interlocked.Add(ref bytes, length);
    }

    public void CountHistograms(int count)
    {
        if (count > 0) Interlocked.Add(ref histograms, count);
    }
}
