namespace Nines.Catalog.Access;

/// <summary>Where sign-in leads to: only to a path of this very server, whatever a link says.</summary>
public static class NextPath
{
    private const int Longest = 2000;

    /// <summary>The path, or <c>/</c> where it is none of ours.</summary>
    public static string Of(string? asked)
    {
        if (asked is not { Length: > 0 and <= Longest } || asked[0] != '/') return "/";
        // "//host" and "/\host" are addresses elsewhere; browsers drop tabs and line breaks before they look.
        if (asked.Length > 1 && asked[1] is '/' or '\\') return "/";
        if (asked.Any(c => c < ' ' || c is '\\' or '\u007f')) return "/";
        return asked.StartsWith("/sign-in", StringComparison.Ordinal) || asked.StartsWith("/setup", StringComparison.Ordinal) || asked.StartsWith("/live", StringComparison.Ordinal) ? "/" : asked;
    }
}
