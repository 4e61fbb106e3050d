using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>How two pagers compare about one thing.</summary>
public enum ShadowVerdict
{
    /// <summary>Both woke the same people first.</summary>
    Same,

    /// <summary>Nines would have woken somebody else first.</summary>
    Another,

    /// <summary>Only the other pager woke somebody.</summary>
    OnlyOutside,

    /// <summary>Only Nines would have.</summary>
    OnlyNines,

    /// <summary>Both did, and whom the other pager woke was not said.</summary>
    Unknown,

    /// <summary>One side has it, and the other may still come.</summary>
    Waiting,
}

/// <summary>One side of a row.</summary>
/// <param name="At">When it began.</param>
/// <param name="First">When somebody was woken first; null where nobody was.</param>
/// <param name="People">Handles of those woken first.</param>
/// <param name="Pages">How many pages it made of this.</param>
/// <param name="Address">Its screen; empty for none.</param>
/// <param name="AcknowledgedAt">When somebody had it; null for never or not known.</param>
public sealed record ShadowSide(Instant At, Instant? First, IReadOnlyList<string> People, int Pages, string Address, Instant? AcknowledgedAt);

/// <summary>One thing that happened, on both sides.</summary>
/// <param name="Verdict">How they compare.</param>
/// <param name="At">When it began.</param>
/// <param name="Service">Whose users felt it; empty where nobody knows.</param>
/// <param name="Title">What burned.</param>
/// <param name="Beside">The other pager.</param>
/// <param name="Nines">Nines' side; null for none.</param>
/// <param name="Outside">The other side; null for none.</param>
/// <param name="LaterSeconds">How much later Nines would have woken the first; negative where earlier; null where one side woke nobody.</param>
/// <param name="Words">The difference in one sentence.</param>
/// <param name="Trail">Why, sentence by sentence.</param>
public sealed record ShadowRow(
    ShadowVerdict Verdict, Instant At, string Service, string Title, string Beside, ShadowSide? Nines, ShadowSide? Outside, double? LaterSeconds, string Words, IReadOnlyList<string> Trail);

/// <summary>Shadow mode over some time: what was compared, and what is missing before it can be switched off.</summary>
/// <param name="Modes">What is in shadow mode now.</param>
/// <param name="From">Where it begins.</param>
/// <param name="Until">Where it ends.</param>
/// <param name="Headline">It in words.</param>
/// <param name="Rows">Everything that happened, the newest first.</param>
/// <param name="Missing">What to mend before switching over.</param>
public sealed record ShadowReport(IReadOnlyList<ShadowModeView> Modes, Instant From, Instant Until, string Headline, IReadOnlyList<ShadowRow> Rows, IReadOnlyList<Problem> Missing)
{
    /// <summary>How many rows came to a verdict.</summary>
    public int Count(ShadowVerdict verdict) => Rows.Count(r => r.Verdict == verdict);
}

/// <summary>One shadow mode as doors show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Beside">The other pager.</param>
/// <param name="Covers">What it covers, in words.</param>
/// <param name="OpenPages">Pages that would call somebody now.</param>
/// <param name="Heard">When something was last heard of the other pager; null for never.</param>
/// <param name="Door">The path to which the other pager sends.</param>
public sealed record ShadowModeView(string Name, string Beside, string Covers, int OpenPages, Instant? Heard, string Door);
