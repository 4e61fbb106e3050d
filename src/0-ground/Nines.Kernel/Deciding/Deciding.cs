using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// What a decision sees and where it writes: the newest, still unpublished state, the time, ids, and the events
/// decided so far. A use case passes these to its pure rule and writes what the rule answers.
/// </summary>
public sealed class Deciding
{
    private readonly List<(StreamName Stream, object Event)> _written = [];

    internal Deciding(HouseState state, Instant now, IdSource ids, Actor actor)
    {
        State = state;
        Now = now;
        Ids = ids;
        Actor = actor;
    }

    /// <summary>The newest state; it already holds what earlier commands of the same commit decided.</summary>
    public HouseState State { get; }

    /// <summary>The time of the decision.</summary>
    public Instant Now { get; }

    /// <summary>Makes ids.</summary>
    public IdSource Ids { get; }

    /// <summary>Who asked.</summary>
    public Actor Actor { get; }

    internal IReadOnlyList<(StreamName Stream, object Event)> Written => _written;

    /// <summary>A new id.</summary>
    public string NewId() => Ids.Next(Now);

    /// <summary>Writes an event, once the whole command has no problem.</summary>
    public void Write(StreamName stream, object happened) => _written.Add((stream, happened));
}
