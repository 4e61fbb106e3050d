namespace Nines.Kernel;

/// <summary>
/// The thing that a run of events is about. Storage maps it to an integer id once; its text is in no index.
/// </summary>
/// <param name="Kind">The sort of thing: <c>manifest</c>, <c>alert</c>, <c>page</c>.</param>
/// <param name="Key">Which one; free text without line breaks.</param>
public readonly record struct StreamName(string Kind, string Key)
{
    /// <inheritdoc />
    public override string ToString() => Kind + "/" + Key;

    /// <summary>Reads the text form; the first slash parts kind from key.</summary>
    public static StreamName Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(text, "") : new(text[..slash], text[(slash + 1)..]);
    }
}
