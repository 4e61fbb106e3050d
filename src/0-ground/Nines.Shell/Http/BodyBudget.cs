using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Nines.Shell;

/// <summary>
/// How many bytes of request bodies the house holds at one time, over all doors. One body has its own limit; this one
/// keeps many large ones, or many small ones that unpack to large ones, from filling memory together.
/// </summary>
public sealed class BodyBudget(long most)
{
    // Four bodies of the largest kind, or a thousand of the usual one.
    private const long Largest = 256L * 1024 * 1024;

    private long _taken;

    /// <summary>256 MiB, or an eighth of the memory that this process may use where that is less (a container's limit).</summary>
    public BodyBudget() : this(Math.Min(Largest, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8))
    {
    }

    /// <summary>Bytes that bodies hold now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>A share of the budget that ends with the request.</summary>
    public static BodyLease For(HttpContext http)
    {
        var lease = new BodyLease(http.RequestServices?.GetService<BodyBudget>() ?? new BodyBudget());
        http.Response.RegisterForDispose(lease);
        return lease;
    }

    /// <summary>A share that the caller ends.</summary>
    public BodyLease Lease() => new(this);

    internal bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= most) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    internal void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}

/// <summary>One body's share of the <see cref="BodyBudget"/>; grows as the body does.</summary>
public sealed class BodyLease(BodyBudget budget) : IDisposable
{
    /// <summary>What a door says when it is full.</summary>
    public const string Full = "Many large bodies are being read at this moment. Send it again in a few seconds, or in smaller parts.";

    private long _bytes;

    /// <summary>Takes more of the budget; false where it is used up.</summary>
    public bool TryGrow(long bytes)
    {
        if (!budget.TryTake(bytes)) return false;
        Interlocked.Add(ref _bytes, bytes);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => budget.GiveBack(Interlocked.Exchange(ref _bytes, 0));
}
