using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nines.Shell;

/// <summary>
/// Names, labels and summaries come from outside. A control character among them would be a command to the terminal that
/// shows it (colours, titles, a cursor that moves back over what was said), so it is shown as a mark instead.
/// </summary>
public static class PlainText
{
    private const char Mark = '\uFFFD';

    /// <summary>The text without control characters; line breaks and tabs stay.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001F') && !text.AsSpan().ContainsAnyInRange('\u007F', '\u009F')) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text) plain.Append(char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? Mark : c);
        return plain.ToString();
    }

    /// <summary>Cleans everything that a console draws; its own colours are added after this.</summary>
    internal sealed class Hook : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(r => new Cleaned(r));
    }

    private sealed class Cleaned(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner.Render(options, maxWidth).Select(s => s.IsControlCode || s.IsLineBreak ? s : new Segment(Of(s.Text), s.Style));
    }
}

/// <summary>A writer for lines of a log, which hold what others sent.</summary>
public sealed class PlainWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc />
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc />
    public override void Write(char value) => inner.Write(PlainText.Of(value.ToString()));

    /// <inheritdoc />
    public override void Write(string? value) => inner.Write(value is null ? null : PlainText.Of(value));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc />
    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : PlainText.Of(value));

    /// <inheritdoc />
    public override void Flush() => inner.Flush();
}
