namespace Nines.Catalog.Manifests;

/// <summary>Where a secret is kept: secrets never stand in manifests, events or messages.</summary>
/// <param name="Scheme"><c>env</c> or <c>file</c>.</param>
/// <param name="Name">The variable, or the absolute path.</param>
public sealed record SecretReference(string Scheme, string Name)
{
    /// <summary>Reads <c>env:NAME</c> and <c>file:/path</c>.</summary>
    public static bool TryParse(string text, out SecretReference? reference)
    {
        reference = null;
        if (text.StartsWith("env:", StringComparison.Ordinal) && text.Length > 4 && text.AsSpan(4).IndexOfAnyExcept(NameCharacters) < 0) reference = new("env", text[4..]);
        else if (text.StartsWith("file:", StringComparison.Ordinal) && text.Length > 5 && text[5] is '/' or '\\' && !text.Contains('\n')) reference = new("file", text[5..]);
        return reference is not null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Scheme}:{Name}";

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
