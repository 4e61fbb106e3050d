using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Which case an event is about, and what a case is after events that are not yet written.</summary>
internal static class SecurityEventId
{
    private static readonly SecurityBookFold Folding = new();

    /// <summary>Id of the case.</summary>
    public static string Of(object happened) => happened switch
    {
        CaseOpened e => e.Id,
        CaseConfirmed e => e.Id,
        CaseDismissed e => e.Id,
        CaseSeverityChanged e => e.Id,
        CaseRoleTaken e => e.Id,
        CaseRoleLeft e => e.Id,
        CasePhaseEntered e => e.Id,
        CaseNoted e => e.Id,
        CaseChecked e => e.Id,
        DataAffected e => e.Id,
        ClockStarted e => e.Id,
        DutyTold e => e.Id,
        DutyNotNeeded e => e.Id,
        EvidenceAdded e => e.Id,
        EvidenceKept e => e.Id,
        EvidenceHanded e => e.Id,
        LetIn e => e.Id,
        LetOut e => e.Id,
        IncidentLinked e => e.Id,
        CaseClosed e => e.Id,
        CaseReopened e => e.Id,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a case."),
    };

    /// <summary>The book as it will be.</summary>
    public static SecurityBook Fold(SecurityBook book, IReadOnlyList<object> events, Instant now) =>
        events.Aggregate(book, (b, e) => Folding.Apply(b, new Recorded(new JournalEntry(0, SecurityDesk.StreamOf(Id(e)), 0, "", now, "", 0, null, ReadOnlyMemory<byte>.Empty), e)));

    private static string Id(object happened) => happened is FindingJoined joined ? joined.Id : Of(happened);
}
