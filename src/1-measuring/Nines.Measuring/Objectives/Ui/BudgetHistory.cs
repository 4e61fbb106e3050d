namespace Nines.Measuring.Objectives.Ui;

/// <summary>Turns minutes into a burn-down: what was left of the window's budget after each minute (semantics.md 6, N̂ of now).</summary>
internal static class BudgetHistory
{
    public static ObjectiveHistory Of(ObjectiveMinutes minutes, double allowed)
    {
        minutes = Trim(minutes);
        var left = new double[minutes.Bad.Length];
        var spent = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            if (double.IsFinite(minutes.Bad[i])) spent += Math.Max(minutes.Bad[i], 0);
            left[i] = double.IsFinite(minutes.Bad[i]) ? 1 - (spent / allowed) : double.NaN;
        }
        // The newest minute still fills, and late samples may reach the one before.
        var end = minutes.From.ToUnixTimeMilliseconds() + (minutes.Bad.Length * 60_000L);
        return new(minutes.From.ToUnixTimeMilliseconds(), 60_000, left, minutes.Bad, minutes.Total, end - 120_000);
    }

    // A minute or two at the ends that nothing has filled yet is no hole: the newest is on its way.
    private static ObjectiveMinutes Trim(ObjectiveMinutes minutes)
    {
        var (first, last) = (0, minutes.Bad.Length);
        while (first < 2 && first < last && double.IsNaN(minutes.Bad[first])) first++;
        while (minutes.Bad.Length - last < 3 && last > first && double.IsNaN(minutes.Bad[last - 1])) last--;
        return new(minutes.From + NodaTime.Duration.FromMinutes(first), minutes.Bad[first..last], minutes.Total[first..last]);
    }
}
