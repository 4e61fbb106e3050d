using Nines.Shell.Charts;
using NodaTime;

namespace Nines.Measuring.Changes;

/// <summary>Changes as marks on a chart.</summary>
public static class ChangeMarks
{
    // More marks than this hide the line that they stand on; the newest are shown.
    private const int Most = 60;

    /// <summary>The marks of a service's changes from one instant to another.</summary>
    public static IReadOnlyList<Mark> Of(ChangeBook book, string service, Instant from, Instant to) =>
        [.. book.Between([service], from, to).Where(c => c.At >= from).Take(Most).Reverse().Select(c => new Mark(c.At.ToUnixTimeMilliseconds(), KindOf(c.Kind), c.Title))];

    private static MarkKind KindOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Rollback => MarkKind.Rollback,
        _ => MarkKind.Deploy,
    };
}
