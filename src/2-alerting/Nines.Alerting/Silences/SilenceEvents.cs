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
[EventType("silences.set.v1")]
public sealed record SilenceSet(string Id, IReadOnlyList<Matcher> Matchers, Instant StartsAt, Instant EndsAt, string Owner, string Comment);

/// <summary>A silence is over; what it held back and still fires is told now.</summary>
/// <param name="Id">The silence.</param>
/// <param name="Reason">Its time came, or somebody ended it.</param>
[EventType("silences.ended.v1")]
public sealed record SilenceEnded(string Id, string Reason);
