namespace Nines.Host.Bench;

/// <summary>One measurement that a user can run: <c>nines bench NAME</c>. It cleans up after itself.</summary>
internal abstract class Benchmark
{
    /// <summary>The word after <c>bench</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, one sentence; the heading of its table.</summary>
    public abstract string Summary { get; }

    /// <summary>Measures and returns the table.</summary>
    public abstract Task<BenchTable> RunAsync(BenchRun run);
}

/// <summary>What a measurement works with.</summary>
/// <param name="Scratch">A folder of its own, emptied afterwards.</param>
/// <param name="Quick">True for sizes that end within seconds (tests); the figures are then no claim.</param>
/// <param name="Say">Progress, to standard error.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Stop">Ends it early.</param>
internal sealed record BenchRun(string Scratch, bool Quick, Action<string> Say, TimeProvider Clock, CancellationToken Stop);

/// <summary>A result as rows of cells; the first row of <see cref="Columns"/> names them with their units.</summary>
internal sealed record BenchTable(string Name, string Summary, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes);
