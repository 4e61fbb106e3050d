namespace Nines.Shell.Components;

/// <summary>A piece of a headline; the part to remember is strong, at most two in a sentence.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Phrase(string Text, bool Strong = false)
{
    /// <summary>Plain words.</summary>
    public static implicit operator Phrase(string text) => new(text);

    /// <summary>The part to remember.</summary>
    public static Phrase Bold(string text) => new(text, Strong: true);

    /// <summary>The whole sentence, without marks.</summary>
    public static string Plain(IEnumerable<Phrase> phrases) => string.Concat(phrases.Select(p => p.Text));
}
