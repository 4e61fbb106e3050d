namespace Nines.Measuring.Ingestion;

/// <summary>Lets any number of doors through at once, or halts them all for the moment in which a checkpoint looks. Nobody blocks a thread.</summary>
internal sealed class IntakeGate
{
    private readonly Lock _gate = new();
    private int _inside;
    private TaskCompletionSource? _open;
    private TaskCompletionSource? _empty;

    /// <summary>Goes in; waits while the gate is halted.</summary>
    public async ValueTask EnterAsync(CancellationToken stop)
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                if (_open is null)
                {
                    _inside++;
                    return;
                }

                wait = _open.Task;
            }

            await wait.WaitAsync(stop);
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        lock (_gate)
            if (--_inside == 0) _empty?.TrySetResult();
    }

    /// <summary>Waits until nobody is inside and keeps newcomers out until the answer is disposed. One caller at a time.</summary>
    public async Task<IDisposable> HaltAsync(CancellationToken stop)
    {
        Task wait;
        lock (_gate)
        {
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0) _empty.SetResult();
            wait = _empty.Task;
        }

        try
        {
            await wait.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            Open();
            throw;
        }

        return new Halt(this);
    }

    private void Open()
    {
        lock (_gate)
        {
            _open?.TrySetResult();
            _open = null;
            _empty = null;
        }
    }

    private sealed class Halt(IntakeGate gate) : IDisposable
    {
        public void Dispose() => gate.Open();
    }
}
