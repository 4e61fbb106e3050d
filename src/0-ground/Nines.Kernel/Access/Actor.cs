namespace Nines.Kernel;

/// <summary>Who asked: a person by opaque id, a program by its token's id, a duty of the house, a door, or whoever sits at an open house.</summary>
/// <param name="Text">The written form, such as <c>person:01j…</c>, <c>token:01j…</c>, <c>duty:objectives.evaluate</c>, <c>local</c>.</param>
public readonly record struct Actor(string Text)
{
    private const string PersonForm = "person:";

    /// <summary>Whoever sits at this machine: the house is open (<c>--open</c>) and listens to no one else.</summary>
    public static Actor Local { get; } = new("local");

    /// <summary>Somebody who has not said who they are; only doors with a proof of their own ever see it.</summary>
    public static Actor Nobody { get; } = new("nobody");

    /// <summary>Work that the house started by itself.</summary>
    public static Actor Duty(string name) => new("duty:" + name);

    /// <summary>A door through which other programs send.</summary>
    public static Actor Door(string name) => new("door:" + name);

    /// <summary>A person of the catalog, by opaque id.</summary>
    public static Actor Person(string id) => new(PersonForm + id);

    /// <summary>A program, by the id of its token.</summary>
    public static Actor Token(string id) => new("token:" + id);

    /// <summary>The opaque id of the person who acts; null where it is no person.</summary>
    public string? PersonId => Text is not null && Text.StartsWith(PersonForm, StringComparison.Ordinal) ? Text[PersonForm.Length..] : null;

    /// <inheritdoc />
    public override string ToString() => Text;
}
