namespace Nines.Responding.Runbooks.Ui;

/// <summary>A piece of a line.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Form"><c>code</c>, <c>strong</c> or empty.</param>
/// <param name="Link">Where it leads, http or https only; null for nowhere.</param>
internal sealed record ProsePiece(string Text, string Form = "", string? Link = null);

/// <summary>A paragraph, a heading, an item of a list, or a block of code.</summary>
/// <param name="Kind"><c>text</c>, <c>head</c>, <c>item</c>, <c>step</c> or <c>code</c>.</param>
/// <param name="Pieces">Its pieces; a block of code has one.</param>
internal sealed record ProseBlock(string Kind, IReadOnlyList<ProsePiece> Pieces);

/// <summary>
/// What somebody wrote in a runbook, read as the little Markdown that helps at night: paragraphs, headings, lists, code, bold, links. It
/// yields pieces of text, never markup: whatever looks like HTML is shown as it was typed. Pure.
/// </summary>
internal static class ProseText
{
    private const int MostBlocks = 500;

    public static IReadOnlyList<ProseBlock> Of(string text)
    {
        var blocks = new List<ProseBlock>();
        var paragraph = new List<string>();
        List<string>? code = null;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (blocks.Count >= MostBlocks) break;
            var line = raw.TrimEnd();
            var inner = line.TrimStart();
            if (inner.StartsWith("```", StringComparison.Ordinal))
            {
                End(blocks, paragraph);
                if (code is not null) blocks.Add(new("code", [new(string.Join('\n', code))]));
                code = code is null ? [] : null;
            }
            else if (code is not null) code.Add(line);
            else if (inner.Length == 0) End(blocks, paragraph);
            else if (inner[0] == '#' && inner.TrimStart('#') is [' ', .. var head]) Add(blocks, paragraph, "head", head.Trim());
            else if (inner is ['-' or '*', ' ', .. var item]) Add(blocks, paragraph, "item", item.Trim());
            else if (StepOf(inner) is { } step) Add(blocks, paragraph, "step", step);
            else paragraph.Add(inner);
        }

        if (code is not null) blocks.Add(new("code", [new(string.Join('\n', code))]));
        End(blocks, paragraph);
        return blocks;
    }

    /// <summary>The pieces of one line.</summary>
    public static IReadOnlyList<ProsePiece> Line(string text)
    {
        var pieces = new List<ProsePiece>();
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Piece(text, i) is not { } found) continue;
            if (i > plain) pieces.Add(new(text[plain..i]));
            pieces.Add(found.Piece);
            plain = found.End;
            i = found.End - 1;
        }

        if (plain < text.Length) pieces.Add(new(text[plain..]));
        return pieces;
    }

    private static (ProsePiece Piece, int End)? Piece(string text, int at)
    {
        switch (text[at])
        {
            case '`' when text.IndexOf('`', at + 1) is > 0 and var end && end > at + 1:
                return (new(text[(at + 1)..end], "code"), end + 1);
            case '*' when at + 4 < text.Length && text[at + 1] == '*' && text.IndexOf("**", at + 2, StringComparison.Ordinal) is > 0 and var end && end > at + 2:
                return (new(text[(at + 2)..end], "strong"), end + 2);
            case '[' when text.IndexOf("](", at, StringComparison.Ordinal) is > 0 and var middle && text.IndexOf(')', middle) is > 0 and var end && Safe(text[(middle + 2)..end]) is { } link:
                return (new(text[(at + 1)..middle], "", link), end + 1);
            case 'h' when (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (text.AsSpan(at).StartsWith("https://") || text.AsSpan(at).StartsWith("http://")):
                var stop = at;
                while (stop < text.Length && !char.IsWhiteSpace(text[stop]) && text[stop] is not ('<' or '>' or '"' or ')')) stop++;
                var bare = text[at..stop].TrimEnd('.', ',', ';', ':');
                return Safe(bare) is { } address ? (new(bare, "", address), at + bare.Length) : null;
            default:
                return null;
        }
    }

    private static string? Safe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : address is ['/', not '/', ..] && !address.Contains('\\', StringComparison.Ordinal) ? address : null;

    private static string? StepOf(string line)
    {
        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 4 && line.Length > digits + 2 && line[digits] is '.' or ')' && line[digits + 1] == ' ' ? line[(digits + 2)..].Trim() : null;
    }

    private static void Add(List<ProseBlock> blocks, List<string> paragraph, string kind, string text)
    {
        End(blocks, paragraph);
        blocks.Add(new(kind, Line(text)));
    }

    private static void End(List<ProseBlock> blocks, List<string> paragraph)
    {
        if (paragraph.Count == 0) return;
        blocks.Add(new("text", Line(string.Join(' ', paragraph))));
        paragraph.Clear();
    }
}
