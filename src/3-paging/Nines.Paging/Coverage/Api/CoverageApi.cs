using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;

namespace Nines.Paging.Coverage.Api;

/// <summary>The coverage proof over HTTP: as things are, and as a change would make them.</summary>
internal static class CoverageApi
{
    /// <summary><c>?service=</c>, <c>?days=</c>; without a service the spans are left out.</summary>
    public static IResult Show(HttpRequest request, IHouse house, CoverageDesk desk, IOptions<CoverageOptions> options, TimeProvider clock)
    {
        var asked = Asked.Of(request, options.Value.Days, clock.Now());
        if (!asked.Ok) return Answers.Refuse(asked.Problems);
        return Results.Json(asked.Value.Cut(desk.Report(house.State, asked.Value.From, asked.Value.Until)), HouseJson.Options);
    }

    /// <summary>Manifests as the body: who would be woken after applying them. Nothing is changed.</summary>
    public static async Task<IResult> PlanAsync(HttpRequest request, IHouse house, CoverageDesk desk, ApplyManifests manifests, IOptions<CoverageOptions> options, TimeProvider clock)
    {
        var asked = Asked.Of(request, options.Value.Days, clock.Now());
        if (!asked.Ok) return Answers.Refuse(asked.Problems);
        var problems = new ProblemList();
        var documents = await ManifestBody.ReadAsync(request, problems);
        var state = house.State;
        var next = manifests.Plan(state, documents, problems);
        if (!next.Ok) return Answers.Refuse(next.Problems);
        var plan = desk.Plan(state, next.Value, asked.Value.From, asked.Value.Until);
        return Results.Json(
            plan with { Report = asked.Value.Cut(plan.Report), Differences = [.. plan.Differences.Where(d => asked.Value.Service.Length == 0 || d.Service == asked.Value.Service)] }, HouseJson.Options);
    }

    /// <summary>What is asked for.</summary>
    private sealed record Asked(string Service, Instant From, Instant Until)
    {
        public static Outcome<Asked> Of(HttpRequest request, int days, Instant now)
        {
            if (request.Query["days"].ToString() is { Length: > 0 } text && (!int.TryParse(text, out days) || days is < 1 or > CoverageOptionsValidator.MostDays))
                return Problem.Invalid($"\"{text}\" is not a number of days.", $"Write one from 1 to {CoverageOptionsValidator.MostDays}.", "days");
            return new Asked(request.Query["service"].ToString(), now, now + Duration.FromDays(days));
        }

        /// <summary>One service with its spans, or all without: a year of hand-overs of a thousand services is for nobody to read.</summary>
        public CoverageReport Cut(CoverageReport report) => report with
        {
            Services = [.. Service.Length > 0 ? report.Services.Where(s => s.Service == Service) : report.Services.Select(s => s with { Spans = [] })],
        };
    }
}
