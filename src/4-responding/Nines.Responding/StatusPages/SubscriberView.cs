using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>A subscriber as people of the house see them.</summary>
/// <param name="Id">Opaque id.</param>
/// <param name="Kind"><c>email</c> or <c>webhook</c>.</param>
/// <param name="Address">Where they are told; empty where their key is gone.</param>
/// <param name="Asked">When they asked.</param>
/// <param name="Confirmed">When they proved that it is them; null before.</param>
/// <param name="Components">Keys of what they chose; empty for everything.</param>
/// <param name="Hears">What they hear of, in words.</param>
public sealed record SubscriberView(string Id, string Kind, string Address, Instant Asked, Instant? Confirmed, IReadOnlyList<string> Components, string Hears)
{
    /// <summary>The view of one.</summary>
    public static SubscriberView Of(StatusPage page, Subscriber one, string? address) =>
        new(one.Id, StatusWords.Wire(one.Kind), address ?? "", one.AskedAt, one.ConfirmedAt, one.Choice?.Components ?? [], Choice.Words(page, one.Choice));
}
