using Nines.Kernel;

namespace Nines.Storage;

/// <summary>One caller's part of a commit of blocks, states and names.</summary>
internal abstract class SignalWork : GroupCommitWork;

/// <summary>A body to log; the append gives its position.</summary>
internal sealed class LogWork(int kind, long atUnixMs, ReadOnlyMemory<byte> body) : GroupCommitWork
{
    public int Kind { get; } = kind;

    public long AtUnixMs { get; } = atUnixMs;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public long Position { get; set; }

    public override int Bytes => Body.Length;
}

/// <summary>A checkpoint.</summary>
internal sealed class CheckpointWork(SignalCheckpoint checkpoint) : SignalWork
{
    public SignalCheckpoint Checkpoint { get; } = checkpoint;

    public override int Bytes { get; } = checkpoint.Blocks.Sum(b => b.Data.Length) + checkpoint.States.Sum(s => s.Value?.Length ?? 0);
}

/// <summary>Blocks to forget.</summary>
internal sealed class DropWork(int stream, int before) : SignalWork
{
    public int Stream { get; } = stream;

    public int Before { get; } = before;

    public override int Bytes => 0;
}

/// <summary>A stream to name; the commit gives its id.</summary>
internal sealed class StreamWork(string name) : SignalWork
{
    public string Name { get; } = name;

    public int Id { get; set; }

    public override int Bytes => Name.Length;
}

/// <summary>Streams of another store, with their ids.</summary>
internal sealed class ImportWork(IReadOnlyList<(int Id, string Name)> streams) : SignalWork
{
    public IReadOnlyList<(int Id, string Name)> Streams { get; } = streams;

    public override int Bytes { get; } = streams.Sum(s => s.Name.Length);
}
