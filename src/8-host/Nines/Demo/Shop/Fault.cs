namespace Nines.Host.Demo;

/// <summary>What is wrong with a service of the shop.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every second request is answered with 500.</summary>
    Errors,

    /// <summary>Every answer comes 1.2 s late.</summary>
    Latency,

    /// <summary>Every request is answered with 503 at once; the process and its metrics stay alive.</summary>
    Outage,
}

/// <summary>The switch of one service: turned by a button or by <c>--fault</c>, read by every request.</summary>
internal sealed class FaultSwitch
{
    /// <summary>Longer than the latency objective's 500 ms, shorter than a caller's patience of 3 s.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1200);

    private volatile Fault _fault;
    private int _requests;

    public Fault Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>Lets one request feel the fault; the answer's code, or null when it shall be served.</summary>
    public async ValueTask<int?> FeelAsync(TimeProvider clock, CancellationToken stop)
    {
        switch (_fault)
        {
            case Fault.Errors when Interlocked.Increment(ref _requests) % 2 == 0:
                return StatusCodes.Status500InternalServerError;
            case Fault.Latency:
                await Task.Delay(Delay, clock, stop);
                return null;
            case Fault.Outage:
                return StatusCodes.Status503ServiceUnavailable;
            default:
                return null;
        }
    }
}
