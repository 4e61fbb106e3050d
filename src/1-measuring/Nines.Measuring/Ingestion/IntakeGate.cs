namespace Nines.Measuring.Ingestion;

/// <summary>Lets any number of doors through at once, or halts them all for the moment in which a checkpoint looks. Nobody blocks a thread.</summary>
internal sealed class IntakeGate
{
    private readonly Lock gate = new();
    private int inside;
    private TaskCompletionSource? open;
    private TaskCompletionSource? empty;

    /// <summary>Goes in; waits while the gate is halted.</summary>
    public async ValueTask EnterAsync(CancellationToken stop)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (open is null)
                {
                    inside++;
                    return;
                }

                wait = open.Task;
            }

            await wait.WaitAsync(stop);
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        lock (gate)
            if (--inside == 0) empty?.TrySetResult();
    }

    /// <summary>Waits until nobody is inside and keeps newcomers out until the answer is disposed. One caller at a time.</summary>
    public async Task<IDisposable> HaltAsync(CancellationToken stop)
    {
        Task wait;
        lock (gate)
        {
            open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (inside == 0) empty.SetResult();
            wait = empty.Task;
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
        lock (gate)
        {
            open?.TrySetResult();
            open = null;
            empty = null;
        }
    }

    private sealed class Halt(IntakeGate gate) : IDisposable
    {
        public void Dispose() => gate.Open();
    }
}
