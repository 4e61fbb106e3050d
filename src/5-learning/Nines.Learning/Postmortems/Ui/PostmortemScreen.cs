using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Changes;
using Nines.Measuring.Objectives;
using Nines.Measuring.Objectives.Ui;
using Nines.Shell.Charts;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Learning.Postmortems.Ui;

/// <summary>Puts a postmortem, its editor, its replay and its agenda on the screen.</summary>
internal sealed class PostmortemScreen(IHouse house, CompiledManifests manifests, PostmortemReading postmortems, ReplayReading replays, AgendaReading agendas, ObjectiveQueries objectives, TimeProvider clock)
{
    private static readonly Duration Around = Duration.FromMinutes(10);
    private static readonly Duration Longest = Duration.FromHours(6);
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The document; <c>.md</c> and <c>.yaml</c> after the name for the other forms.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string id, IReadOnlyList<Problem>? problems = null, IReadOnlyDictionary<string, string>? typed = null)
    {
        var form = id.EndsWith(".md", StringComparison.Ordinal) ? ".md" : id.EndsWith(".yaml", StringComparison.Ordinal) ? ".yaml" : "";
        if (await FindAsync(http, id[..^form.Length]) is not { } found) return Missing(http, id[..^form.Length]);
        if (form == ".md") return Results.Text(PostmortemMarkdown.Write(found), "text/markdown; charset=utf-8");
        if (form == ".yaml") return Results.Text(PostmortemYaml.Write(found), "application/yaml; charset=utf-8");
        return new PageResult<PostmortemPage>(
            new Dictionary<string, object?>
            {
                ["Postmortem"] = found,
                ["People"] = CatalogView.Of(manifests.For(house.State)).People.Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(),
                ["Charts"] = Charts(found, Reader.Of(http, clock)),
                ["Needed"] = postmortems.Policy.Reviewers,
                ["Problems"] = problems ?? [],
                ["Typed"] = typed ?? Nothing,
            },
            Status(problems));
    }

    public async Task<IResult> EditAsync(HttpContext http, string id, IReadOnlyList<Problem>? problems = null, IReadOnlyDictionary<string, string>? typed = null) => await FindAsync(http, id) is not { } found ? Missing(http, id)
        : found.State is "final" or "merged" ? ProblemAnswers.Refuse(http, Problem.Conflict($"{found.Name} is {found.State}.", "Make it a draft again first, with a reason."))
        : new PageResult<PostmortemEditPage>(new Dictionary<string, object?> { ["Postmortem"] = found, ["Problems"] = problems ?? [], ["Typed"] = typed ?? Nothing }, Status(problems));

    public async Task<IResult> ReplayAsync(HttpContext http, string id)
    {
        if (await FindAsync(http, id) is not { } found) return Missing(http, id);
        var replayed = replays.Of(found, clock.Now());
        if (!replayed.Ok) return ProblemAnswers.Refuse(http, replayed.Problems);
        return new PageResult<ReplayPage>(new Dictionary<string, object?> { ["Result"] = replayed.Value, ["Id"] = found.Id, ["Name"] = found.Name });
    }

    public async Task<IResult> AgendaAsync(HttpContext http, string id) => await FindAsync(http, id) is { } found
        ? new PageResult<AgendaPage>(new Dictionary<string, object?> { ["Postmortem"] = found, ["Agenda"] = agendas.Of(found, clock.Now()) })
        : Missing(http, id);

    private Task<PostmortemView?> FindAsync(HttpContext http, string id) => postmortems.FindAsync(id, Reader.Of(http, clock).Now, http.RequestAborted);

    private static IResult Missing(HttpContext http, string id) => ProblemAnswers.Refuse(http, Problem.NotFound($"There is no postmortem {id}.", "The list has all that are kept."));

    private static int Status(IReadOnlyList<Problem>? problems) => problems?.Any(p => p.IsError) == true ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

    /// <summary>The failed share by minute of what paid most, with the changes on it; as far as the minutes are kept.</summary>
    private List<TimeChart> Charts(PostmortemView postmortem, Reader reader)
    {
        var drawn = new List<TimeChart>();
        if (postmortem.Facts is not { } facts) return drawn;
        foreach (var impact in facts.Impact.Take(2))
        {
            var from = impact.Measured.From - Around;
            var until = Instant.Min(Instant.Min(reader.Now, impact.Measured.Until + Around), from + Longest);
            if (objectives.Minutes(impact.Measured.Objective, from, until) is not { } minutes || !minutes.Total.Any(double.IsFinite)) continue;
            drawn.Add(FailedMinutesChart.Draw(minutes, impact.Measured.Objective, facts.Services, house.State.Get<ChangeBook>(), from, until, reader.Zone, height: 130));
        }

        return drawn;
    }
}
