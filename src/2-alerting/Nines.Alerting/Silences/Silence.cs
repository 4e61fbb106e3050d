using Nines.Alerting.Alerts;
using NodaTime;

namespace Nines.Alerting.Silences;

/// <summary>Somebody asked for silence about some alerts until a time.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Matchers">An alert is held back where all of them choose it.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when; every silence ends.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Bounds">What breaks or ends it earlier; null for its time alone.</param>
public sealed record Silence(
    string Id, IReadOnlyList<Matcher> Matchers, Instant StartsAt, Instant EndsAt, string Owner, string Comment, SilenceBounds? Bounds = null)
{
    /// <summary>Why it ended; empty before.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>True at <paramref name="now"/>, from its start up to but not including its end.</summary>
    public bool ActiveAt(Instant now) => StartsAt <= now && now < EndsAt;

    /// <summary>True where it chooses an alert with these labels.</summary>
    public bool Matches(AlertLabels labels) => Matchers.All(m => m.Matches(labels));
}
