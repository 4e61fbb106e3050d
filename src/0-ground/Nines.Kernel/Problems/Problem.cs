namespace Nines.Kernel;

/// <summary>What kind of answer a problem is: it decides the HTTP status and the exit code, never the words.</summary>
public enum ProblemKind
{
    /// <summary>What was sent cannot be accepted as it is (422; exit 2).</summary>
    Invalid,

    /// <summary>The thing named does not exist (404; exit 1).</summary>
    NotFound,

    /// <summary>It exists, but not in a state that allows this (409; exit 1).</summary>
    Conflict,

    /// <summary>The caller may not do this (403; exit 4).</summary>
    Denied,

    /// <summary>Nines itself could not do it now; trying again may help (503; exit 1).</summary>
    Unavailable,

    /// <summary>Worth knowing, refuses nothing.</summary>
    Finding,
}

/// <summary>Where in a user's own text something stands; lines and columns count from 1.</summary>
/// <param name="File">The file as the user named it, or null when the text came over HTTP.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
public readonly record struct SourcePlace(string? File, int Line, int Column)
{
    /// <inheritdoc />
    public override string ToString() => $"{File ?? "body"}:{Line}:{Column}";
}

/// <summary>
/// One thing that is wrong, or worth knowing, in what a user asked: where, what, and what to write instead.
/// Problems travel as values; exceptions are for bugs and broken disks.
/// </summary>
/// <param name="Kind">Decides status and exit code.</param>
/// <param name="What">What is wrong, one sentence.</param>
/// <param name="Remedy">What to write or do instead, one sentence; empty only where the first says it.</param>
/// <param name="Path">The field, as <c>spec.objectives[0].target</c>; null when the whole is meant.</param>
/// <param name="Place">File, line and column where known.</param>
public sealed record Problem(ProblemKind Kind, string What, string Remedy = "", string? Path = null, SourcePlace? Place = null)
{
    /// <summary>True for what refuses the request; a finding does not.</summary>
    public bool IsError => Kind != ProblemKind.Finding;

    /// <summary>An invalid field or document.</summary>
    public static Problem Invalid(string what, string remedy = "", string? path = null, SourcePlace? place = null) =>
        new(ProblemKind.Invalid, what, remedy, path, place);

    /// <summary>Something named that does not exist.</summary>
    public static Problem NotFound(string what, string remedy = "", string? path = null) =>
        new(ProblemKind.NotFound, what, remedy, path);

    /// <summary>Something in the wrong state for what was asked.</summary>
    public static Problem Conflict(string what, string remedy = "", string? path = null) =>
        new(ProblemKind.Conflict, what, remedy, path);

    /// <summary>Worth knowing, refuses nothing.</summary>
    public static Problem Finding(string what, string remedy = "", string? path = null, SourcePlace? place = null) =>
        new(ProblemKind.Finding, what, remedy, path, place);

    /// <summary>One line for a terminal: <c>file:line:column: path: what remedy</c>.</summary>
    public override string ToString()
    {
        var where = Place is { } place ? $"{place}: " : "";
        var path = Path is null ? "" : $"{Path}: ";
        return $"{where}{path}{What}{(Remedy.Length == 0 ? "" : " " + Remedy)}";
    }
}
