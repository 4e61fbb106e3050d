namespace Nines.Kernel;

/// <summary>
/// The answer of a use case: a value, or every problem at once. Findings may stand beside a value.
/// </summary>
/// <typeparam name="T">What a success carries.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(bool ok, T? value, IReadOnlyList<Problem> problems)
    {
        Ok = ok;
        _value = value;
        Problems = problems;
    }

    /// <summary>True when there is a value.</summary>
    public bool Ok { get; }

    /// <summary>Errors of a failure, or the findings beside a value.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>The value of a success.</summary>
    /// <exception cref="InvalidOperationException">The outcome is a failure: a bug in the caller.</exception>
    public T Value => Ok ? _value! : throw new InvalidOperationException(
        $"A failed outcome has no value: {string.Join("; ", Problems)}");

    /// <summary>A value, with findings beside it where there are any.</summary>
    public static Outcome<T> Of(T value, IReadOnlyList<Problem>? findings = null) => new(true, value, findings ?? []);

    /// <summary>A failure; at least one problem is an error.</summary>
    public static Outcome<T> Failed(params IReadOnlyList<Problem> problems) => problems.Any(p => p.IsError)
        ? new(false, default, problems)
        : throw new ArgumentException("A failure names at least one error.", nameof(problems));

    /// <summary>The value through a function; a failure stays as it is.</summary>
    public Outcome<TNext> Map<TNext>(Func<T, TNext> next) =>
        Ok ? Outcome<TNext>.Of(next(_value!), Problems) : Outcome<TNext>.Failed(Problems);

    /// <summary>What follows from the value, which may fail itself; a failure stays as it is.</summary>
    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Ok ? next(_value!) : Outcome<TNext>.Failed(Problems);

    /// <summary>A value.</summary>
    public static implicit operator Outcome<T>(T value) => Of(value);

    /// <summary>A failure with one problem.</summary>
    public static implicit operator Outcome<T>(Problem problem) => Failed(problem);
}
