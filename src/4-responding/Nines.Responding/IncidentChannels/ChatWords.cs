using Nines.Kernel;

namespace Nines.Responding.IncidentChannels;

/// <summary>What somebody asks for in the chat.</summary>
/// <param name="Action">The word of it, as the terminal has it; <c>help</c> where nothing is understood.</param>
/// <param name="First">Its first word, where it takes one.</param>
/// <param name="Rest">The rest.</param>
public sealed record ChatWords(string Action, string First, string Rest)
{
    /// <summary>What works, in lines.</summary>
    public const string Help = """
        declare TITLE – declares an incident (in a channel of one: another one)
        note TEXT – writes into the timeline; so does every message here
        take ROLE – commander, operations, communications, expert, scribe or deputy
        severity sev1 WHY – says that it is worse, or less bad
        check-in TEXT – says how it stands
        mitigate WHAT – says what is done against it
        mitigated HOW – users feel it no more
        resolve CAUSE – it is over
        update TEXT – tells those who wait; without a text the draft
        """;

    private static readonly string[] WithFirst = ["take", "severity"];

    private static readonly string[] Known = ["declare", "note", "take", "severity", "check-in", "mitigate", "mitigated", "resolve", "update"];

    /// <summary>Reads what follows the slash command. Never fails: what is not understood is a wish for help.</summary>
    public static ChatWords Read(string text)
    {
        var (action, rest) = Cut(text.Trim());
        action = action.ToLowerInvariant();
        if (!Known.Contains(action)) return new("help", "", "");
        if (!WithFirst.Contains(action)) return new(action, "", rest);
        var (first, more) = Cut(rest);
        return new(action, first, more);
    }

    private static (string First, string More) Cut(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
    }

    /// <summary>Every problem in one answer.</summary>
    public static string Say(IReadOnlyList<Problem> problems) => string.Join('\n', problems.Select(p => $"{p.What} {p.Remedy}".Trim()));
}
