using System.Text;
using System.Xml;

namespace Nines.Paging.Channels.Twilio;

/// <summary>What a call says, as TwiML. Everything that others wrote is escaped. Pure.</summary>
public static class VoiceScript
{
    private const int Longest = 600;
    private const int ShortestCode = 4;
    private const int Times = 3;
    private const int SecondsForAKey = 7;

    /// <summary>The whole call: the brief, then a key, three times.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="others">The texts of those that go along.</param>
    /// <param name="keyAddress">Where a pressed key goes; null where no key is heard.</param>
    public static string Call(ChannelMessage message, IReadOnlyList<string> others, string? keyAddress)
    {
        var text = new StringBuilder();
        using (var xml = Begin(text))
        {
            if (message.Event == MessageEvent.Code) SayTimes(xml, Spelled(message.Text));
            else if (keyAddress is null || !SmsText.Rings(message)) SayTimes(xml, Spoken(message, others));
            else for (var i = 0; i < Times; i++) Gather(xml, Spoken(message, others), keyAddress);
            xml.WriteElementString("Say", "Good bye.");
            xml.WriteElementString("Hangup", "");
        }

        return text.ToString();
    }

    /// <summary>What a voicemail hears: no key is asked, nothing is acknowledged.</summary>
    public static string Machine() => Only("This is Nines, about a page. Nobody answered, so it goes on to others.");

    /// <summary>One sentence and the end.</summary>
    public static string Only(string words)
    {
        var text = new StringBuilder();
        using (var xml = Begin(text))
        {
            xml.WriteElementString("Say", Clean(words));
            xml.WriteElementString("Hangup", "");
        }

        return text.ToString();
    }

    /// <summary>A reply by text message; nothing where there is nothing to say.</summary>
    public static string Reply(string? words)
    {
        var text = new StringBuilder();
        using (var xml = Begin(text))
            if (words is not null) xml.WriteElementString("Message", Clean(words));
        return text.ToString();
    }

    private static XmlWriter Begin(StringBuilder text)
    {
        var xml = XmlWriter.Create(text, new() { OmitXmlDeclaration = true });
        xml.WriteStartElement("Response");
        return xml;
    }

    private static void Gather(XmlWriter xml, string spoken, string keyAddress)
    {
        xml.WriteStartElement("Gather");
        xml.WriteAttributeString("numDigits", "1");
        xml.WriteAttributeString("timeout", XmlConvert.ToString(SecondsForAKey));
        xml.WriteAttributeString("method", "POST");
        xml.WriteAttributeString("action", keyAddress);
        xml.WriteElementString("Say", spoken + " To take it on, press 4. To call the next person, press 6.");
        xml.WriteEndElement();
    }

    private static void SayTimes(XmlWriter xml, string words)
    {
        for (var i = 0; i < Times; i++)
        {
            xml.WriteElementString("Say", words);
            xml.WriteStartElement("Pause");
            xml.WriteAttributeString("length", "1");
            xml.WriteEndElement();
        }
    }

    private static string Spoken(ChannelMessage message, IReadOnlyList<string> others) =>
        "This is Nines. " + Clean(Shorten.To(others.Count == 0 ? message.Text : SmsText.Bundle(message, others, Longest), Longest).Replace("×", " times", StringComparison.Ordinal).Replace("%", " percent", StringComparison.Ordinal));

    /// <summary>A code digit by digit, or "482913" becomes "four hundred eighty-two thousand"; small numbers as they are.</summary>
    private static string Spelled(string text) => Clean(string.Join(' ', text.Split(' ').Select(word =>
        word.Count(char.IsAsciiDigit) < ShortestCode ? word : string.Concat(word.Select((c, i) => i > 0 && char.IsAsciiDigit(c) ? $", {c}" : $"{c}")))));

    /// <summary>Without what XML cannot hold at all.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune.Value is < ' ' or 0xFFFE or 0xFFFF ? " " : rune.ToString());
        return clean.ToString();
    }
}
