using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Measuring.Sources;
using Nines.Shell;

namespace Nines.Measuring.Signals.Api;

/// <summary>What comes in, as JSON.</summary>
/// <param name="Families">One entry a metric name.</param>
/// <param name="Sources">One entry a sender.</param>
public sealed record SignalsAnswer(SignalFigures Figures, IReadOnlyList<FamilyAnswer> Families, IReadOnlyList<SourceAnswer> Sources);

/// <summary>One metric name.</summary>
/// <param name="Series">Exact up to a few hundred, then an estimate from above.</param>
/// <param name="Matched">Series that an indicator counts.</param>
/// <param name="Indicators">Names of the indicators that count at least one of its series.</param>
/// <param name="Could">Objectives that the shipped templates would make of it; empty where an indicator counts it already.</param>
/// <param name="Shape">What could be measured from it: <c>counter</c>, <c>histogram</c>, <c>gauge</c>.</param>
public sealed record FamilyAnswer(
    string Name, string Shape, long Series, long Matched, DateTimeOffset? LastSeen, IReadOnlyList<SignalLabel> Labels, IReadOnlyList<string> Sources, IReadOnlyList<string> Indicators, IReadOnlyList<string> Could);

/// <summary>One sender.</summary>
public sealed record SourceAnswer(string Source, long Samples, long Unmatched, DateTimeOffset? LastSeen, IReadOnlyDictionary<string, long> Refused);

/// <summary>The API of the signals explorer.</summary>
internal static class SignalsApi
{
    private const int MostNames = 10_000;

    /// <summary>All names and senders; <c>contains</c> filters names, <c>limit</c> bounds them (1000 by default).</summary>
    public static IResult List(SignalHub hub, IndicatorBook book, string? contains = null, int limit = 1000)
        => limit is < 1 or > MostNames
            ? Answers.Refuse(Problem.Invalid($"limit is {limit}.", $"Write a number from 1 to {MostNames}.", "limit"))
            : Results.Json(Read(hub, book, contains, limit), HouseJson.Options);

    /// <summary>One metric name with the matched series and their last values.</summary>
    public static IResult Show(SignalHub hub, IndicatorBook book, string name, int limit = 200)
    {
        var family = hub.Families(name).FirstOrDefault(f => f.Name == name);
        if (family is null) return Answers.Refuse(Problem.NotFound($"No series called \"{name}\" has come in since the start.", "See the names with: nines signals"));
        var series = hub.MatchedSeries(name, Math.Clamp(limit, 1, MostNames))
            .Select(s => new { series = s.Labels.ToString(), last = s.Last, at = TimeOf(s.LastUnixMs) });
        return Results.Json(new { family = Of(family, book), matchedSeries = series }, HouseJson.Options);
    }

    internal static SignalsAnswer Read(SignalHub hub, IndicatorBook book, string? contains, int limit) => new(
        hub.Figures(),
        [.. hub.Families(contains, limit).Select(f => Of(f, book))],
        [.. hub.Sources().Select(s => new SourceAnswer(s.Source, s.Samples, s.Unmatched, TimeOf(s.LastSeenUnixMs), s.Refused.ToDictionary(r => ReasonNames.Of(r.Key), r => r.Value)))]);

    private static FamilyAnswer Of(SignalFamily family, IndicatorBook book) => new(
        family.Name, Measurable.ShapeOf(family.Name), family.SeriesCount, family.MatchedSeries, TimeOf(family.LastSeenUnixMs), family.Labels, family.Sources,
        [.. family.Indicators.Select(i => book.SpecOf(i).Key)],
        family.MatchedSeries > 0 ? [] : [.. Proposals.From(family).Select(proposal => proposal.Name)]);

    private static DateTimeOffset? TimeOf(long unixMs) => unixMs <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
