using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Work that time starts. Its next due time is a function of state, so that no timer can be lost: after a crash the
/// duty is due when the state says so.
/// </summary>
public abstract class Duty
{
    /// <summary>Room and work, such as <c>alerting.flush-groups</c>; also the name of its lease.</summary>
    public abstract string Name { get; }

    /// <summary>Raised when an older node must no longer do this.</summary>
    public virtual int Version => 1;

    /// <summary>True where every node does this for itself (reading its own targets), without a lease.</summary>
    public virtual bool EveryNode => false;

    /// <summary>
    /// True where a run only begins work and returns: it is then run where it was found due. What waits to leave the house should not
    /// wait for another thread, too.
    /// </summary>
    public virtual bool BeginsOnly => false;

    /// <summary>When it is due next; null while there is nothing to wait for. In the past means now.</summary>
    public abstract Instant? NextDue(HouseState state);

    /// <summary>Does what is due. A throw is logged and tried again after a second, then slower up to a minute.</summary>
    public abstract Task RunAsync(Instant now, CancellationToken stop);
}
