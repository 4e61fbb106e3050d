namespace Nines.Shell.Components;

/// <summary>A piece of a headline; the part to remember is strong, at most two in a sentence.</summary>
/// <param name="Text">The words; for a time, those the server knows.</param>
/// <param name="Strong">True for what to remember.</param>
/// <param name="At">Set for a time, which the browser writes anew in the reader's zone.</param>
/// <param name="Form">The form of that time.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Phrase(string Text, bool Strong = false, NodaTime.Instant? At = null, TimeForm Form = TimeForm.Sentence)
{
    /// <summary>A time in a sentence.</summary>
    public static Phrase Time(NodaTime.Instant at, TimeForm form, Reader reader, bool strong = false) => new(Times.Words(at, form, reader), strong, at, form);

    /// <summary>Plain words.</summary>
    public static implicit operator Phrase(string text) => new(text);

    /// <summary>The part to remember.</summary>
    public static Phrase Bold(string text) => new(text, Strong: true);

    /// <summary>The whole sentence, without marks.</summary>
    public static string Plain(IEnumerable<Phrase> phrases) => string.Concat(phrases.Select(p => p.Text));
}
