using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Nines.Responding.Runner;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.Runner;

/// <summary>Real processes: what hangs, floods or fails half-way.</summary>
public class ProcessRunTests
{
    private static readonly Duration Long = Duration.FromSeconds(30);

    private static Task<RunnerResult> RunAsync(AllowedCommand command, Duration timeout, string contains = "", int? exit = null, CancellationToken stop = default)
    {
        var options = new RunnerOptions();
        options.Commands["it"] = command;
        return new ProcessRun(Options.Create(options), TimeProvider.System).RunAsync(new("it", ImmutableSortedDictionary<string, string>.Empty, contains, exit), timeout, stop);
    }

    private static AllowedCommand Script(string script) => new() { File = "/bin/sh", Arguments = ["-c", script], Timeout = "30s" };

    [Fact]
    public async Task Run_ThatEndsWell_ShowsBothStreams()
    {
        var result = await RunAsync(Script("echo out; echo err >&2"), Long);
        Assert.Equal(RunnerVerdict.AsExpected, result.Verdict);
        Assert.Contains("out", result.Observed, StringComparison.Ordinal);
        Assert.Contains("err", result.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatFailsHalfWay_ShowsWhatCameUntilThen() => Assert.Equal(new(RunnerVerdict.Failed, "exit 3\nhalf"), await RunAsync(Script("echo half; exit 3"), Long));

    [Fact]
    public async Task Run_ThatHangs_IsEndedWithItsChildren_AndKeepsWhatItSaid()
    {
        var mark = Path.Combine(Path.GetTempPath(), $"nines-runner-{Environment.ProcessId}-{Environment.TickCount64}");
        var result = await RunAsync(Script($"echo begun; (sleep 3; echo late > {mark}) & sleep 60"), Duration.FromMilliseconds(500));
        Assert.Equal(RunnerVerdict.Failed, result.Verdict);
        Assert.StartsWith("It was ended: it did not finish within 500ms. What it did until then is done.\nbegun", result.Observed, StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        Assert.False(File.Exists(mark), "a child of the command lives on");
    }

    [Fact]
    public async Task Run_ThatFloods_IsEnded_AndOnlyTheBeginningIsKept()
    {
        var result = await RunAsync(Script("yes flood"), Long);
        Assert.Equal(RunnerVerdict.Failed, result.Verdict);
        Assert.StartsWith("It was ended: it wrote more than 16 MB.", result.Observed, StringComparison.Ordinal);
        Assert.InRange(result.Observed.Length, 1, ProcessRun.LongestOutput + 300);
    }

    [Fact]
    public async Task Run_ThatWritesMuch_IsCutAndSaysSo()
    {
        var result = await RunAsync(Script("head -c 200000 /dev/zero | tr '\\0' x"), Long);
        Assert.Equal(RunnerVerdict.AsExpected, result.Verdict);
        Assert.EndsWith("… (cut: it wrote 200000 bytes)", result.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAProgram_SeesNoVariableThatIsNotNamed()
    {
        Environment.SetEnvironmentVariable("NINES_RUNNER_TEST_SECRET", "s3cret");
        Environment.SetEnvironmentVariable("NINES_RUNNER_TEST_NAMED", "named");
        var command = new AllowedCommand { File = "/usr/bin/env", Environment = ["NINES_RUNNER_TEST_NAMED"] };
        var result = await RunAsync(command, Long);
        Assert.DoesNotContain("s3cret", result.Observed, StringComparison.Ordinal);
        Assert.Contains("NINES_RUNNER_TEST_NAMED=named", result.Observed, StringComparison.Ordinal);
        Assert.DoesNotContain("HOME=", result.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatWaitsForInput_FindsItsEnd() => Assert.Equal(new(RunnerVerdict.AsExpected, "exit 0"), await RunAsync(new() { File = "/bin/cat" }, Long));

    [Fact]
    public async Task Run_OfNoProgram_SaysWhy()
    {
        var result = await RunAsync(new() { File = "/nonexistent/program" }, Long);
        Assert.Equal(RunnerVerdict.Failed, result.Verdict);
        Assert.StartsWith("The command could not be started: ", result.Observed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ready", null, RunnerVerdict.AsExpected)]
    [InlineData("other", null, RunnerVerdict.Unexpected)]
    [InlineData("", 1, RunnerVerdict.Unexpected)]
    public async Task Run_HeldAgainstWhatIsExpected_IsJudged(string contains, int? exit, RunnerVerdict verdict) => Assert.Equal(verdict, (await RunAsync(Script("echo ready"), Long, contains, exit)).Verdict);

    [Fact]
    public async Task Run_CalledOff_EndsTheProcess()
    {
        using var stop = new CancellationTokenSource();
        var running = RunAsync(Script("sleep 60"), Long, stop: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
