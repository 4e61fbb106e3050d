using Nines.Kernel;

namespace Nines.Shell;

/// <summary>Exit codes that scripts rely on (contract.md).</summary>
public static class ExitCode
{
    /// <summary>Done, or allowed.</summary>
    public const int Done = 0;

    /// <summary>Failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong use or invalid input.</summary>
    public const int Invalid = 2;

    /// <summary>Wait: an approval is needed.</summary>
    public const int Wait = 3;

    /// <summary>Denied.</summary>
    public const int Denied = 4;

    /// <summary>The server cannot be reached.</summary>
    public const int Unreachable = 5;

    /// <summary>The code for a set of problems: the gravest kind wins.</summary>
    public static int For(IReadOnlyList<Problem> problems)
    {
        if (!problems.Any(p => p.IsError)) return Done;
        if (problems.Any(p => p.Kind == ProblemKind.Denied)) return Denied;
        return problems.Any(p => p.Kind == ProblemKind.Invalid) ? Invalid : Failed;
    }
}
