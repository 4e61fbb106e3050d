namespace Nines.Paging.Channels.Slack;

/// <summary>Escapes what others wrote for Slack's mrkdwn. Pure.</summary>
public static class SlackText
{
    /// <summary>
    /// The three characters that Slack asks to be escaped: without them no mention, no link and no channel-wide call can
    /// begin. What only makes text bold or struck is broken with a zero-width space, for Slack has no escape for it.
    /// </summary>
    public static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '*' or '_' or '~' or '`' => $"\u200b{c}",
        _ when char.IsControl(c) && c != '\n' => " ",
        _ => c.ToString(),
    }));
}
