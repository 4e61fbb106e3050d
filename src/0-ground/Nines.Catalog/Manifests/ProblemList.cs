using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>How a departure from a published format is taken.</summary>
public enum Strictness
{
    /// <summary>It is read as what it plainly means, and is a finding.</summary>
    Lenient,

    /// <summary>It is refused.</summary>
    Strict,
}

/// <summary>
/// Collects every problem of a reading at once. A departure from a published format is a finding when read leniently
/// and an error when read strictly, with the same words.
/// </summary>
/// <param name="strictness">How departures are taken.</param>
/// <param name="kept">True where the text will be kept: a plain secret in it is then refused, however leniently it is read.</param>
/// <param name="most">What is said at most; the rest is counted.</param>
public sealed class ProblemList(Strictness strictness = Strictness.Lenient, bool kept = false, int most = ProblemList.Most)
{
    // What one reading says at most: nobody mends more at a time, and a text of mistakes must not grow in memory.
    private const int Most = 1000;

    /// <summary>The same for one document of many.</summary>
    internal const int MostOfOne = 200;

    // A message repeats what was written; nobody needs the whole of a text that is a book.
    private const int Longest = 500;

    private readonly List<Problem> _problems = [];
    private int _more;
    private bool _moreErrors;

    /// <summary>How departures are taken.</summary>
    public Strictness Strictness { get; } = strictness;

    /// <summary>All problems, in the order of their places.</summary>
    public IReadOnlyList<Problem> Problems => _more == 0 ? InOrder() : [.. InOrder(), More()];

    /// <summary>True when something is refused.</summary>
    public bool HasErrors => _moreErrors || _problems.Exists(p => p.IsError);

    /// <summary>Takes a problem that somebody else found.</summary>
    public void Add(Problem problem)
    {
        if (_problems.Count < most)
        {
            _problems.Add(problem with { What = Short(problem.What), Remedy = Short(problem.Remedy), Path = problem.Path is { } path ? Short(path) : null });
            return;
        }

        _more++;
        _moreErrors |= problem.IsError;
    }

    /// <summary>Takes several.</summary>
    public void AddRange(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems) Add(problem);
    }

    /// <summary>Something that cannot be accepted.</summary>
    public void Invalid(string what, string remedy, string? path, SourcePlace? place) => Add(Problem.Invalid(what, remedy, path, place));

    /// <summary>Something worth knowing.</summary>
    public void Finding(string what, string remedy, string? path, SourcePlace? place) => Add(Problem.Finding(what, remedy, path, place));

    /// <summary>A plain secret; the message never repeats it.</summary>
    public void PlainSecret(string? path, SourcePlace? place) => Add(kept || Strictness == Strictness.Strict
        ? Problem.Invalid("A secret must not stand in a manifest.", SecretRemedy, path, place)
        : Problem.Finding("A secret stands here in plain; apply refuses it.", SecretRemedy, path, place));

    private static string Short(string text) => text.Length <= Longest ? text : text[..(Longest / 2)] + " … " + text[^(Longest / 2)..];

    private Problem[] InOrder() => [.. _problems.OrderBy(p => p.Place?.File, StringComparer.Ordinal).ThenBy(p => p.Place?.Line ?? 0).ThenBy(p => p.Place?.Column ?? 0)];

    private Problem More() => _moreErrors
        ? Problem.Invalid($"There are {_more} more problems.", "Mend these first.")
        : Problem.Finding($"There are {_more} more findings.", "Look at these first.");

    private const string SecretRemedy = "Write where it is kept: env:NAME or file:/absolute/path.";

    /// <summary>A departure from a published format whose meaning is plain all the same.</summary>
    public void Deviation(string what, string remedy, string? path, SourcePlace? place) => Add(
        Strictness == Strictness.Strict ? Problem.Invalid(what, remedy, path, place) : Problem.Finding(what, remedy, path, place));
}
