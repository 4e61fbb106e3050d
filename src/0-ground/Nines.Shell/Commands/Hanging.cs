using Spectre.Console;

namespace Nines.Shell;

/// <summary>Sentences under a word on a terminal: further lines stand under the first one's text, and no word is broken. Piped it is one line.</summary>
public static class Hanging
{
    // Narrower than this a hanging indent would leave no room for the text.
    private const int LeastText = 24;

    /// <summary>Writes a word and its text.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="word">What stands before the text, such as <c>error</c>.</param>
    /// <param name="text">Sentences.</param>
    /// <param name="indent">Where the text begins.</param>
    /// <param name="colour">The word's colour, or empty.</param>
    public static void Write(IAnsiConsole screen, string word, string text, int indent, string colour = "")
    {
        if (!screen.Profile.Out.IsTerminal)
        {
            screen.Profile.Out.Writer.WriteLine($"{word} {text}");
            return;
        }
        var lines = Wrap(text, screen.Profile.Width - indent);
        var head = colour.Length == 0 ? Markup.Escape(word.PadRight(indent)) : $"[{colour}]{Markup.Escape(word)}[/]{new string(' ', Math.Max(indent - word.Length, 1))}";
        for (var i = 0; i < lines.Count; i++) screen.MarkupLine((i == 0 ? head : new string(' ', indent)) + Markup.Escape(lines[i]));
    }

    /// <summary>Breaks a text between words; a word that is wider than the line stands alone.</summary>
    internal static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Math.Max(width, LeastText))
            {
                lines.Add(line);
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        lines.Add(line);
        return lines;
    }
}
