namespace Nines.Kernel;

/// <summary>Who asked: a person by opaque id, a duty of the house, a door, or the local user before sign-in exists.</summary>
/// <param name="Text">The written form, such as <c>person:01j…</c>, <c>duty:objectives.evaluate</c>, <c>local</c>.</param>
public readonly record struct Actor(string Text)
{
    /// <summary>Whoever sits at this machine; before sign-in exists the server listens to no one else.</summary>
    public static Actor Local { get; } = new("local");

    /// <summary>Work that the house started by itself.</summary>
    public static Actor Duty(string name) => new("duty:" + name);

    /// <summary>A door through which other programs send.</summary>
    public static Actor Door(string name) => new("door:" + name);

    /// <inheritdoc />
    public override string ToString() => Text;
}
