using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>A silence was asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Matchers">Which alerts.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Bounds">What breaks or ends it earlier; null for its time alone.</param>
[EventType("silences.set.v1")]
public sealed record SilenceSet(string Id, IReadOnlyList<Matcher> Matchers, Instant StartsAt, Instant EndsAt, string Owner, string Comment, SilenceBounds? Bounds = null);

/// <summary>A silence is over; what it held back and still fires is told now.</summary>
/// <param name="Id">The silence.</param>
/// <param name="Reason">Its time came, somebody ended it, or it broke at a bound.</param>
/// <param name="Broke">True where it broke: whoever asked for it is told.</param>
[EventType("silences.ended.v1")]
public sealed record SilenceEnded(string Id, string Reason, bool Broke = false);
