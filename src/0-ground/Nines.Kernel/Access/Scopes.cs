namespace Nines.Kernel;

/// <summary>
/// What somebody may do, as words: <c>*</c> is everything, <c>read</c> looks at every room, <c>alerts:*</c> does
/// everything in one room, <c>signals:send</c> is one right in one room.
/// </summary>
public sealed record Scopes
{
    private const int Most = 50;

    private Scopes(IReadOnlyList<string> all) => All = all;

    /// <summary>The words, sorted.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>May do everything.</summary>
    public static Scopes Everything { get; } = new(["*"]);

    /// <summary>May do nothing.</summary>
    public static Scopes None { get; } = new([]);

    /// <summary>Reads the words of a token as they are kept; unknown ones allow nothing.</summary>
    public static Scopes Of(IEnumerable<string> words) => new([.. words.Order(StringComparer.Ordinal)]);

    /// <summary>Reads what a person typed, divided by commas or spaces; every mistake at once.</summary>
    /// <param name="text">Such as <c>read, alerts:send</c>.</param>
    /// <param name="rooms">Rooms that exist.</param>
    /// <param name="path">The field, for problems.</param>
    public static Outcome<Scopes> Parse(string text, IReadOnlySet<string> rooms, string path = "scopes")
    {
        var words = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray();
        if (words.Length == 0) return Problem.Invalid("No scope is named.", "Write one such as read, signals:send or alerts:*.", path);
        if (words.Length > Most) return Problem.Invalid($"{words.Length} scopes are more than {Most}.", "Name rooms as a whole, such as alerts:*.", path);
        var problems = words.Select(w => Mistake(w, rooms, path)).OfType<Problem>().ToArray();
        return problems.Length > 0 ? Outcome<Scopes>.Failed(problems) : Of(words);
    }

    /// <summary>True where these words allow a permission.</summary>
    public bool Allow(Permission permission)
    {
        if (permission == Permission.Nothing || permission.IsOwnProof) return true;
        var at = permission.Name.IndexOf(':', StringComparison.Ordinal);
        if (at <= 0) return false;
        var (room, right) = (permission.Name[..at], permission.Name[(at + 1)..]);
        foreach (var word in All)
            if (word == "*" || word == right || word == permission.Name || word == room + ":*") return true;
        return false;
    }

    /// <summary>True where everything that others allow is allowed by these too: nobody hands out more than they have.</summary>
    public bool Cover(Scopes others) => others.All.All(Covers);

    /// <summary>The words with commas.</summary>
    public override string ToString() => string.Join(", ", All);

    private bool Covers(string word)
    {
        if (All.Contains("*") || All.Contains(word)) return true;
        var at = word.IndexOf(':', StringComparison.Ordinal);
        return at > 0 && (All.Contains(word[..at] + ":*") || All.Contains(word[(at + 1)..]));
    }

    private static Problem? Mistake(string word, IReadOnlySet<string> rooms, string path)
    {
        if (word is "*" or "read" or "write" or "send") return null;
        return word.Split(':') is not [{ Length: > 0 } room, "*" or "read" or "write" or "send"]
            ? Problem.Invalid($"\"{Short(word)}\" is no scope.", "Write *, read, write, send, ROOM:* or ROOM:read, ROOM:write, ROOM:send.", path)
            : rooms.Contains(room) ? null : Problem.Invalid($"There is no room \"{Short(room)}\".", $"Rooms: {string.Join(", ", rooms.Order(StringComparer.Ordinal))}.", path);
    }

    private static string Short(string word) => word.Length > 40 ? word[..40] + "…" : word;
}
