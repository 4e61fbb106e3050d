using System.Globalization;

namespace Nines.Paging.Channels.Twilio;

/// <summary>A message as a text message: what burns, how to answer, where to look. Pure.</summary>
public static class SmsText
{
    /// <summary>Longest text: three parts of a concatenated message in UCS-2 (67 characters each), which every carrier joins.</summary>
    public const int Longest = 201;

    /// <summary>The text.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="code">What a reply names it by; null where no reply is heard.</param>
    /// <param name="others">The texts of those that go along.</param>
    public static string Of(ChannelMessage message, string? code, IReadOnlyList<string> others)
    {
        if (message is { Event: MessageEvent.Code, Text.Length: > 0 }) return Shorten.To(OneLine(message.Text), Longest);
        var end = !MessageFacts.CanAnswer(message) ? "" : code is not null ? $" Reply \"ack {code}\" to take it on." : message.Acknowledge is { } link ? $" {link}" : "";
        // A link that is cut leads nowhere: then only the text.
        if (end.Length > Longest / 2) end = "";
        var text = others.Count == 0 ? OneLine(message.Text.Length > 0 ? message.Text : MessageFacts.Title(message)) : Bundle(message, others, Longest - end.Length);
        return Shorten.To(text, Longest - end.Length) + end;
    }

    /// <summary>What was held back, in one line: the newest first, then how many more.</summary>
    internal static string Bundle(ChannelMessage message, IReadOnlyList<string> others, int room)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{others.Count + 1} pages: ");
        string[] all = [OneLine(message.Text), .. others.Select(OneLine)];
        var share = Math.Max(30, (room - text.Length) / all.Length);
        for (var i = 0; i < all.Length; i++)
        {
            var part = Shorten.To(all[i], share);
            var more = string.Create(CultureInfo.InvariantCulture, $" (and {all.Length - i} more)");
            if (i > 0 && text.Length + part.Length + 2 > room - (i == all.Length - 1 ? 0 : more.Length)) return text + more.TrimStart();
            text += i == 0 ? part : "; " + part;
        }

        return text;
    }

    internal static bool Rings(ChannelMessage message) => message.Open || message.Event is MessageEvent.Test;

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
