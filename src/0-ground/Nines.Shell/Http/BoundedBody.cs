using System.Buffers;

namespace Nines.Shell;

/// <summary>What came of reading a body.</summary>
public enum BodyOutcome
{
    /// <summary>All of it is here.</summary>
    Whole,

    /// <summary>It is longer than its limit.</summary>
    TooLarge,

    /// <summary>Too many large bodies are held at this moment.</summary>
    Full,
}

/// <summary>Reads a stream into memory up to a limit, in pooled chunks: a body that is dropped leaves nothing for the collector.</summary>
public static class BoundedBody
{
    private const int Chunk = 256 * 1024;

    /// <summary>Reads it all; the bytes are a copy of their own, and empty where it was dropped.</summary>
    public static async ValueTask<(BodyOutcome Outcome, byte[] Bytes)> ReadAsync(Stream from, int limit, BodyLease lease, CancellationToken stop)
    {
        var chunks = new List<byte[]>();
        var count = 0;
        try
        {
            while (true)
            {
                if (count == chunks.Count * Chunk)
                {
                    if (!lease.TryGrow(Chunk)) return (BodyOutcome.Full, []);
                    chunks.Add(ArrayPool<byte>.Shared.Rent(Chunk));
                }

                var read = await from.ReadAsync(chunks[^1].AsMemory(count % Chunk, Chunk - (count % Chunk)), stop);
                if (read == 0) return (BodyOutcome.Whole, Join(chunks, count));
                count += read;
                if (count > limit) return (BodyOutcome.TooLarge, []);
            }
        }
        finally
        {
            foreach (var chunk in chunks) ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static byte[] Join(List<byte[]> chunks, int count)
    {
        var body = new byte[count];
        for (var at = 0; at < count; at += Chunk) chunks[at / Chunk].AsSpan(0, Math.Min(Chunk, count - at)).CopyTo(body.AsSpan(at));
        return body;
    }
}
