using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What an override does with those on call.</summary>
public enum OverrideKind
{
    /// <summary>Somebody is on call instead of somebody, or of everybody.</summary>
    Replace,

    /// <summary>Somebody is on call beside those who are.</summary>
    Add,

    /// <summary>Somebody is not on call.</summary>
    Remove,
}

/// <summary>A departure from the layers, for a time. It lies over everything else; of several about the same person the newest counts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Kind">What it does.</param>
/// <param name="In">Who comes; empty for a removal. An opaque id in the journal, a handle in a <see cref="Rota"/>.</param>
/// <param name="Out">Whose place it is; empty for everybody's.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Order">Counts up: the larger is the newer.</param>
/// <param name="Request">The cover request that led to it; empty for none.</param>
/// <param name="Note">Why, sealed with the person's key; empty for none.</param>
public sealed record Override(
    string Id, string Schedule, OverrideKind Kind, string In, string Out, Instant From, Instant Until, long Order, string Request = "", string Note = "");

/// <summary>A time in which other shifts take the place of all layers; what they leave open is a gap.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Shifts">Who, when.</param>
/// <param name="Order">Counts up: the larger is the newer.</param>
public sealed record TemporarySchedule(string Id, string Schedule, Instant From, Instant Until, IReadOnlyList<FixedShift> Shifts, long Order);

/// <summary>Somebody asks for cover, or for a swap, and waits for an answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="By">Who asks; an opaque id.</param>
/// <param name="To">Who is asked; empty for anybody.</param>
/// <param name="From">Of the time to be covered.</param>
/// <param name="Until">Of the time to be covered.</param>
/// <param name="Back">A swap: the time that whoever asks would take in return; null for plain cover.</param>
public sealed record CoverRequest(string Id, string Schedule, string By, string To, Instant From, Instant Until, TimeRange? Back = null);

/// <summary>From a time until another.</summary>
/// <param name="From">The first moment of it.</param>
/// <param name="Until">The first moment after it.</param>
public sealed record TimeRange(Instant From, Instant Until);
