namespace Nines.Paging.Channels.Twilio;

/// <summary>What somebody answered to a text message.</summary>
/// <param name="Answer">One of <see cref="ContactAnswer"/>.</param>
/// <param name="Code">What it names its page by, lower case.</param>
public sealed record SmsReply(string Answer, string Code)
{
    private const int Longest = 200;

    /// <summary>Reads "ack 7k3m", "Ack. 7K3M", "a 7k3m", "7k3m ack", "esc 7k3m"; null for anything else.</summary>
    public static SmsReply? Read(string text)
    {
        if (text.Length > Longest) return null;
        var words = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2) return null;
        return (AnswerOf(words[0]), AnswerOf(words[1])) switch
        {
            ({ } answer, null) => new(answer, words[1]),
            (null, { } answer) => new(answer, words[0]),
            _ => null,
        };
    }

    private static string? AnswerOf(string word) => word switch
    {
        "ack" or "a" or "acknowledge" or "ok" or "yes" => ContactAnswer.Acknowledge,
        "esc" or "e" or "escalate" or "no" => ContactAnswer.Escalate,
        _ => null,
    };
}
