namespace Nines.Host.Simulation;

/// <summary>
/// The one thread of a simulated process: every continuation waits here for its turn, so that the same seed takes the same
/// steps in the same order. A killed process takes no further step.
/// </summary>
internal sealed class SimPump : SynchronizationContext
{
    // More steps without time passing are a circle.
    private const int MostStepsAtOnce = 2_000_000;

    private readonly Queue<(SendOrPostCallback Step, object? State)> _steps = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _stray;

    /// <summary>True once the process is killed.</summary>
    public bool Dead { get; private set; }

    /// <summary>A step that came from another thread: with it the same seed could take another way. Null for none.</summary>
    public string? Stray => _stray;

    public void Kill()
    {
        Dead = true;
        _steps.Clear();
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) _stray = $"{d.Method.DeclaringType?.FullName}.{d.Method.Name} of {state}";
        else if (!Dead) _steps.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Runs something as this process does.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Takes every step that waits; answers how many there were.</summary>
    /// <exception cref="SimRestlessException">One step follows the other without end.</exception>
    public int Drain()
    {
        var taken = 0;
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            for (; _steps.TryDequeue(out var next); taken++)
            {
                if (taken > MostStepsAtOnce) throw new SimRestlessException($"The house does not come to rest: {next.State}");
                next.Step(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        return taken;
    }
}

/// <summary>At one moment one step follows the other without end.</summary>
internal sealed class SimRestlessException(string message) : Exception(message);
