using Nines.Kernel;

namespace Nines.Learning.Actions;

/// <summary>Checks as people write and read them: <c>objective-holds payments-availability 7d</c>. Pure.</summary>
public static class CheckWords
{
    private const int MostDays = 90;

    /// <summary>The written word of a kind.</summary>
    public static string Word(CheckKind kind) => kind switch
    {
        CheckKind.AlertExists => "alert-exists",
        CheckKind.ObjectiveHolds => "objective-holds",
        _ => "probe-green",
    };

    /// <summary>What a check looks at, in words.</summary>
    public static string Of(ActionCheck check) => check.Kind switch
    {
        CheckKind.AlertExists => $"the alert {check.Target} is configured{For(check.Days)}",
        CheckKind.ObjectiveHolds => $"{check.Target} meets its target{For(check.Days)}",
        _ => $"the probe {check.Target} is green{For(check.Days)}",
    };

    /// <summary>A check as it is written; null for an empty text.</summary>
    public static Outcome<ActionCheck?> Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return Outcome<ActionCheck?>.Of(null);
        CheckKind? kind = words[0] switch { "alert-exists" => CheckKind.AlertExists, "objective-holds" => CheckKind.ObjectiveHolds, "probe-green" => CheckKind.ProbeGreen, _ => null };
        if (kind is null || words.Length is < 2 or > 3)
            return Problem.Invalid($"\"{text.Trim()}\" is no check.", "Write alert-exists NAME, objective-holds NAME 7d or probe-green NAME 7d.", "check");
        var days = kind == CheckKind.AlertExists ? 0 : 7;
        if (words.Length == 3 && !(words[2].EndsWith('d') && int.TryParse(words[2][..^1], out days) && days is >= 0 and <= MostDays))
            return Problem.Invalid($"\"{words[2]}\" is no number of days.", $"Write 0d to {MostDays}d.", "check");
        return Outcome<ActionCheck?>.Of(new(kind.Value, words[1], days));
    }

    /// <summary>A check as it is written.</summary>
    public static string Write(ActionCheck check) => $"{Word(check.Kind)} {check.Target} {check.Days}d";

    private static string For(int days) => days == 0 ? "" : $" for {days} {(days == 1 ? "day" : "days")}";
}
