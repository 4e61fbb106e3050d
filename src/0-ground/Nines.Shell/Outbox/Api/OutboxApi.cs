using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;

namespace Nines.Shell.Outbox.Api;

/// <summary>What shall leave the house, what has left it, and what would not.</summary>
internal static class OutboxApi
{
    public static IResult List(IHouse house)
    {
        var outbox = house.State.Get<Kernel.Outbox>();
        return Results.Json(new Listing(
            [.. outbox.Pending.Values.OrderBy(e => e.DueAt).Select(e => new PendingRow(e.Id, e.Kind, e.Target, e.About, e.IntendedAt, e.Attempts, e.DueAt, e.LastReason))],
            [.. outbox.Recent.Reverse()],
            outbox.Totals), HouseJson.Options);
    }

    internal sealed record Listing(IReadOnlyList<PendingRow> Pending, IReadOnlyList<SettledEffect> Recent, IReadOnlyDictionary<string, OutboxTotals> Totals);

    /// <summary>A pending effect without its payload, which may speak of people.</summary>
    internal sealed record PendingRow(string Id, string Kind, string Target, string About, Instant IntendedAt, int Attempts, Instant DueAt, string LastReason);
}
