namespace Nines.Measuring.Objectives.Ui;

/// <summary>Turns minutes into a burn-down: what was left of the window's budget after each minute (semantics.md 6, N̂ of now).</summary>
internal static class BudgetHistory
{
    public static ObjectiveHistory Of(ObjectiveMinutes minutes, double allowed)
    {
        minutes = Trim(minutes);
        var left = new double[minutes.Bad.Length];
        Array.Fill(left, 1);
        if (minutes.Members is not { } members) Spend(left, minutes.Bad, allowed, 1);
        else foreach (var m in members) Spend(left, m.Bad, m.Allowed, m.Weight);
        for (var i = 0; i < left.Length; i++)
            if (double.IsNaN(minutes.Bad[i])) left[i] = double.NaN;
        // The newest minute still fills, and late samples may reach the one before.
        var end = minutes.From.ToUnixTimeMilliseconds() + (minutes.Bad.Length * 60_000L);
        return new(minutes.From.ToUnixTimeMilliseconds(), 60_000, left, minutes.Bad, minutes.Total, end - 120_000) { Members = minutes.Members ?? [] };
    }

    private static void Spend(double[] left, double[] bad, double allowed, double weight)
    {
        var spent = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            if (double.IsFinite(bad[i])) spent += Math.Max(bad[i], 0);
            if (allowed > 0) left[i] -= weight * spent / allowed;
        }
    }

    // A minute or two at the ends that nothing has filled yet is no hole: the newest is on its way.
    private static ObjectiveMinutes Trim(ObjectiveMinutes minutes)
    {
        var (first, last) = (0, minutes.Bad.Length);
        while (first < 2 && first < last && double.IsNaN(minutes.Bad[first])) first++;
        while (minutes.Bad.Length - last < 3 && last > first && double.IsNaN(minutes.Bad[last - 1])) last--;
        return new(minutes.From + NodaTime.Duration.FromMinutes(first), minutes.Bad[first..last], minutes.Total[first..last], minutes.Members is { } members ? [.. members.Select(m => m.Cut(first, last))] : null);
    }
}
