namespace Nines.Paging.Channels.Chat;

/// <summary>Escapes what others wrote for the Markdown of chat programs. Pure.</summary>
public static class MarkdownText
{
    /// <summary>
    /// Every character that means something gets a backslash; an @ is followed by a zero-width space, so that an alert's
    /// label cannot call a whole channel.
    /// </summary>
    public static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '\\' or '*' or '_' or '~' or '`' or '[' or ']' or '(' or ')' or '<' or '>' or '#' or '|' or '!' => $"\\{c}",
        '@' => "@\u200b",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    /// <summary>Plain text that mentions nobody.</summary>
    public static string Plain(string text) => string.Concat(text.Select(c => c == '@' ? "@\u200b" : char.IsControl(c) ? " " : c.ToString()));
}
