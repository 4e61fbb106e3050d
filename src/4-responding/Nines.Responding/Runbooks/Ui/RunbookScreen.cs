using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Responding.Runbooks.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Responding.Runbooks.Ui;

/// <summary>Puts runbooks and runs on the screen.</summary>
internal sealed class RunbookScreen(RunbookReading runbooks, TimeProvider clock)
{
    public IResult List(HttpContext http) => new PageResult<RunbooksPage>(new Dictionary<string, object?> { ["Model"] = Model(http) });

    public RunbooksPageModel Model(HttpContext http)
    {
        var (all, query) = (runbooks.All(clock.Now()), TableQuery.Of(http.Request));
        return new(all, TableRules.Apply(all, RunbooksApi.Columns, query), query, [.. runbooks.Runs().Where(r => r.EndedAt is null)], runbooks.Missing(clock.Now()));
    }

    public TableRows<RunView> RunRows(HttpContext http) => TableRules.Apply(runbooks.Runs(), RunbooksApi.RunColumns, TableQuery.Of(http.Request));

    public IResult Runs(HttpContext http)
    {
        var all = runbooks.Runs();
        var query = TableQuery.Of(http.Request);
        return new PageResult<RunsPage>(new Dictionary<string, object?> { ["Table"] = TableRules.Apply(all, RunbooksApi.RunColumns, query), ["Query"] = query, ["All"] = all.Count, ["Open"] = all.Count(r => r.EndedAt is null) });
    }

    public IResult Runbook(HttpContext http, string name, IReadOnlyList<Problem> problems)
    {
        if (runbooks.Find(name, clock.Now()) is not { } runbook) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no runbook \"{name}\".", "The list has all of them."));
        return new PageResult<RunbookPage>(
            new Dictionary<string, object?>
            {
                ["Runbook"] = runbook,
                ["Runs"] = runbooks.Runs().Where(r => r.Runbook == name).ToArray(),
                ["Problems"] = problems,
                ["Incident"] = http.Request.Query["incident"].ToString(),
                ["Alert"] = http.Request.Query["alert"].ToString(),
                ["Page"] = http.Request.Query["page"].ToString(),
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    public IResult Run(HttpContext http, string id, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed)
    {
        if (runbooks.Run(id) is not { } run) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no run {id}.", "The list has all that are kept."));
        return new PageResult<RunPage>(
            new Dictionary<string, object?> { ["Run"] = run, ["Problems"] = problems, ["Typed"] = typed },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Where whoever sent a form came from: the incident's room, or the run.</summary>
    public IResult Back(IFormCollection form, string run) =>
        Results.Redirect(form["back"] == "incident" && runbooks.Run(run) is { Incident.Length: > 0 } view ? $"/incidents/{view.Incident}#runbook" : "/runs/" + run);
}

/// <summary>A run, drawn anew while people look.</summary>
internal sealed class RunLive(RunbookReading runbooks, TimeProvider clock) : ILiveSource
{
    public string Topic => "run";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        var reader = Reader.Anyone(clock.Now());
        if (runbooks.Run(name) is not { } run) return [];
        var parameters = new Dictionary<string, object?> { ["Run"] = run };
        return [new("run-now", await drawing.DrawAsync<RunNow>(reader, parameters)), new("run-records", await drawing.DrawAsync<RunRecords>(reader, parameters))];
    }
}

/// <summary>Tells looking browsers as soon as something happened to a run.</summary>
internal sealed class RunNews(IHouse house, LiveHub hub) : IRoomLife
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        var last = house.State.Get<RunbookRuns>();
        _watch = house.Watch((state, _) =>
        {
            var runs = state.Get<RunbookRuns>();
            if (ReferenceEquals(runs, last)) return;
            last = runs;
            hub.Changed("run");
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Runbooks and open runs in the palette.</summary>
internal sealed class RunbookPalette(RunbookReading runbooks, TimeProvider clock) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        runbooks.Runs().Where(r => r.EndedAt is null).Select(r => new PaletteEntry($"{r.Name} {r.Title}", "/runs/" + r.Id, "book", "under way", First: true))
            .Concat(runbooks.All(clock.Now()).Select(r => new PaletteEntry($"Runbook: {r.Title}", "/runbooks/" + Uri.EscapeDataString(r.Name), "book", "respond", Also: string.Join(' ', r.AlertNames.Concat(r.Services).Append(r.Name)))))
            .Append(new("Alerts without a runbook", "/runbooks#missing", "book", "respond", Also: "design runbook missing"));
}
