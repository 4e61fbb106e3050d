using Nines.Measuring.Ingestion;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Ingestion;

public sealed class IntakeGateTests
{
    [Fact]
    public async Task Halt_WithSomebodyInside_WaitsForThemAndKeepsNewcomersOut()
    {
        var gate = new IntakeGate();
        await gate.EnterAsync(default);
        await gate.EnterAsync(default);

        var halting = gate.HaltAsync(default);
        var newcomer = gate.EnterAsync(default).AsTask();
        gate.Leave();
        Assert.False(halting.IsCompleted);
        gate.Leave();
        var halt = await halting;
        Assert.False(newcomer.IsCompleted);
        halt.Dispose();
        await newcomer;
    }

    [Fact]
    public async Task Halt_GivenUp_OpensTheGateAgain()
    {
        var gate = new IntakeGate();
        await gate.EnterAsync(default);
        using var stop = new CancellationTokenSource();
        var halting = gate.HaltAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => halting);

        await gate.EnterAsync(default);
    }
}
