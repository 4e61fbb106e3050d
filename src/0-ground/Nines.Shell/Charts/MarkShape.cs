namespace Nines.Shell.Charts;

/// <summary>The shape of each mark around its own centre: the same in charts, keys and tables.</summary>
public static class MarkShape
{
    public static string Of(MarkKind kind) => kind switch
    {
        MarkKind.Incident => "<path class=\"mk inc\" d=\"M0-6L6 0 0 6-6 0z\"/>",
        MarkKind.Deploy => "<path class=\"mk\" d=\"M0-6L6 5H-6z\"/>",
        MarkKind.Rollback => "<path class=\"mk\" d=\"M0 6L6-5H-6z\"/>",
        MarkKind.Experiment => "<circle class=\"mk\" r=\"5\"/>",
        MarkKind.Maintenance => "<path class=\"mk\" d=\"M-5-5H5V5H-5z\"/>",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A mark without a shape."),
    };

    /// <summary>The word beside the shape in a key.</summary>
    public static string Word(MarkKind kind) => kind switch
    {
        MarkKind.Rollback => "roll-back",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
