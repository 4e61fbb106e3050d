using System.Collections.Immutable;
using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Changes;

/// <summary>Something was changed on purpose.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Service">The service that changed; empty for all.</param>
/// <param name="Title">One line.</param>
/// <param name="Version">What it is now.</param>
/// <param name="Stage">Where.</param>
/// <param name="At">When it began.</param>
/// <param name="Until">When it was through.</param>
/// <param name="Source">Who told of it.</param>
/// <param name="By">The person, by opaque id; empty for nobody known.</param>
/// <param name="Key">The sender's own key.</param>
/// <param name="Links">Where to read more.</param>
[EventType("changes.recorded.v1")]
public sealed record ChangeRecorded(
    string Id, ChangeKind Kind, string Service, string Title, string Version, string Stage, Instant At, Instant? Until, string Source, string By, string Key,
    ImmutableSortedDictionary<string, string> Links);
