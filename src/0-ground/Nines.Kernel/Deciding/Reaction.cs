namespace Nines.Kernel;

/// <summary>The untyped face of a reaction.</summary>
public abstract class Reaction
{
    internal abstract Type EventType { get; }

    internal abstract void Run(Recorded cause, Deciding deciding);
}

/// <summary>
/// A pure reaction (<c>On…</c>): what follows at once from an event. It runs inside the commit of that event, to a
/// fixed point, so that cause and consequence become durable together. Effects come after, from the outbox.
/// </summary>
/// <typeparam name="TEvent">The event that it reacts to.</typeparam>
public abstract class Reaction<TEvent> : Reaction where TEvent : class
{
    /// <summary>Decides what follows. The entry's position is that of the coming append.</summary>
    protected abstract void React(TEvent happened, JournalEntry entry, Deciding deciding);

    internal sealed override Type EventType => typeof(TEvent);

    internal sealed override void Run(Recorded cause, Deciding deciding) => React((TEvent)cause.Event!, cause.Entry, deciding);
}
