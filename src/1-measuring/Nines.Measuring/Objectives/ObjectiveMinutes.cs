using Nines.Measuring.Indicators;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>The minutes that an objective counts, one by one; NaN in both where nothing came in.</summary>
/// <param name="From">Start of the first minute.</param>
/// <param name="Bad">Bad events (or slices) of each minute.</param>
/// <param name="Total">All of them.</param>
/// <param name="Members">Of a composite by occurrences each member, whose weight × burn adds up; none for other objectives.</param>
public sealed record ObjectiveMinutes(Instant From, double[] Bad, double[] Total, IReadOnlyList<MemberMinutes>? Members = null)
{
    /// <summary>Reads the minutes of a stretch. The caller holds the gate.</summary>
    internal static ObjectiveMinutes Read(WatchedObjective watched, Instant from, Instant to)
    {
        var first = from.ToUnixTimeMilliseconds() / Minute.Ms;
        var count = (int)Math.Clamp((to.ToUnixTimeMilliseconds() / Minute.Ms) - first, 0, Longest);
        if (!watched.AddsMembers)
        {
            var (bad, total) = Read(watched.Counted, first, count);
            return new(Instant.FromUnixTimeMilliseconds(first * Minute.Ms), bad, total);
        }

        MemberMinutes[] members = [.. watched.Parts.Select(p => MemberMinutes.Read(p, first, count, to.ToUnixTimeMilliseconds()))];
        return new(Instant.FromUnixTimeMilliseconds(first * Minute.Ms), Add(members, count, m => m.Bad), Add(members, count, m => m.Total), members);
    }

    internal static (double[] Bad, double[] Total) Read(MinuteStream stream, long first, int count)
    {
        var cells = new Cell[count];
        stream.Read(first, cells);
        var (bad, total) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
            (bad[i], total[i]) = (cells[i].Marks & (MinuteMarks.Covered | MinuteMarks.Filled)) != MinuteMarks.None ? (cells[i].Bad, cells[i].Total) : (double.NaN, double.NaN);
        return (bad, total);
    }

    /// <summary>Minute by minute the sum of what is known; NaN where nobody knows anything.</summary>
    private static double[] Add(MemberMinutes[] members, int count, Func<MemberMinutes, double[]> which)
    {
        var sum = new double[count];
        Array.Fill(sum, double.NaN);
        foreach (var member in members)
        {
            var values = which(member);
            for (var i = 0; i < count; i++)
                if (double.IsFinite(values[i])) sum[i] = (double.IsFinite(sum[i]) ? sum[i] : 0) + values[i];
        }

        return sum;
    }

    // A year of minutes: the longest window there is.
    private const int Longest = 366 * 1440;
}

/// <summary>The minutes of one member of a composite.</summary>
/// <param name="Weight">Its weight.</param>
/// <param name="Budget">Its b.</param>
/// <param name="Allowed">Its b·N̂.</param>
/// <param name="Bad">Bad events of each minute, NaN where nothing came.</param>
/// <param name="Total">All events of each minute.</param>
public sealed record MemberMinutes(double Weight, double Budget, double Allowed, double[] Bad, double[] Total)
{
    internal static MemberMinutes Read(Member part, long first, int count, long nowMs)
    {
        part.Sync(nowMs);
        var (bad, total) = ObjectiveMinutes.Read(part.Reader.Stream, first, count);
        return new(part.Weight, part.Objective.Budget, part.Objective.Budget * Evaluator.SumsOf(part, nowMs).Expected, bad, total);
    }

    internal MemberMinutes Cut(int first, int last) => this with { Bad = Bad[first..last], Total = Total[first..last] };
}
