using Nines.Kernel;

namespace Nines.Paging.Tickets;

/// <summary>
/// A tracker as tickets see it. Every method may be called again after a crash: what it makes is found by the ticket's
/// id, and what it says by the delivery's, so that nothing is made or said twice.
/// </summary>
public interface ITicketTracker
{
    /// <summary>The kind of <see cref="TicketTracker"/> that it speaks for.</summary>
    string Kind { get; }

    /// <summary>Does what a message asks, once.</summary>
    Task<SendOutcome> TellAsync(TicketTracker tracker, TrackerMessage message, string delivery, TrackerHttp http, CancellationToken stop);
}
