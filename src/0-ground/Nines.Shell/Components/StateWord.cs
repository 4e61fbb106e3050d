namespace Nines.Shell.Components;

/// <summary>
/// A state as people see it: icon, word and colour, trusted in that order. The words are fixed; the same word stands
/// everywhere.
/// </summary>
/// <param name="Tone">Class of the colour: good, warn, crit, gone, none or plan.</param>
/// <param name="Icon">Symbol of the sprite, without its <c>i-</c>.</param>
/// <param name="Word">The word beside it.</param>
public sealed record StateWord(string Tone, string Icon, string Word)
{
    public static StateWord Healthy { get; } = new("good", "ok", "Healthy");

    public static StateWord Warning { get; } = new("warn", "warn", "Warning");

    public static StateWord Critical { get; } = new("crit", "crit", "Critical");

    public static StateWord Exhausted { get; } = new("gone", "gone", "Exhausted");

    public static StateWord Frozen { get; } = new("gone", "ice", "Frozen");

    public static StateWord NoData { get; } = new("none", "none", "No data");

    public static StateWord Page { get; } = new("crit", "bell", "Page");

    public static StateWord Ticket { get; } = new("warn", "warn", "Ticket");

    public static StateWord Quiet { get; } = new("good", "ok", "Quiet");

    /// <summary>The state under its name in the API: <c>healthy</c>, <c>nodata</c> and so on.</summary>
    public static StateWord Of(string name) => name switch
    {
        "healthy" => Healthy,
        "warning" => Warning,
        "critical" => Critical,
        "exhausted" => Exhausted,
        "frozen" => Frozen,
        _ => NoData,
    };
}
