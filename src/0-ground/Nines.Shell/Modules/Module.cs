namespace Nines.Shell;

/// <summary>
/// A room's only registration: its state, reactions, duties, doors and slots. The host lists every module once, in
/// the order of the loop.
/// </summary>
public abstract class Module
{
    /// <summary>The room's name, as in permissions and options: <c>objectives</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Says what the room brings. It runs for the server and for every command: keep it free of work.</summary>
    public abstract void Register(Registration room);
}
