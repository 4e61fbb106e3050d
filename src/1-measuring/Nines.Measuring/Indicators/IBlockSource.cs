namespace Nines.Measuring.Indicators;

/// <summary>Where blocks are read that left the memory.</summary>
public interface IBlockSource
{
    /// <summary>One block, or null where no data came in its whole length.</summary>
    byte[]? Read(int stream, int block);

    /// <summary>Numbers of the blocks kept for a stream, ascending.</summary>
    IReadOnlyList<int> BlocksOf(int stream);

    /// <summary>Makes the lasting numbers of many streams at once, where they have none yet; each alone would cost a commit.</summary>
    void Reserve(IReadOnlyList<string> names)
    {
    }
}

/// <summary>No history besides what is in memory: backtests and tests.</summary>
public sealed class NoBlocks : IBlockSource
{
    /// <summary>The one instance.</summary>
    public static NoBlocks Instance { get; } = new();

    /// <inheritdoc />
    public byte[]? Read(int stream, int block) => null;

    /// <inheritdoc />
    public IReadOnlyList<int> BlocksOf(int stream) => [];
}
