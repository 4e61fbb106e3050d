using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Drills.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Live;
using Nines.Shell.Pages;

namespace Nines.Learning.Drills.Ui;

/// <summary>Puts drills, runs and the record on the screen.</summary>
internal sealed class DrillScreen(IHouse house, CompiledManifests manifests, DrillReading drills, TimeProvider clock)
{
    public IResult List(HttpContext http, IReadOnlyList<Problem> problems)
    {
        var query = TableQuery.Of(http.Request);
        var (table, person) = (TableRules.Apply(drills.All(), DrillsApi.Columns, query), http.Request.Query["for"].ToString());
        return new PageResult<DrillsPage>(
            new Dictionary<string, object?>
            {
                ["Drills"] = table.Rows,
                ["Query"] = query,
                ["Problems"] = table.Problems,
                ["SpinProblems"] = problems,
                ["Runs"] = drills.Runs(),
                ["Record"] = drills.Record(clock.Now()),
                ["People"] = People(),
                ["For"] = person,
                ["Chosen"] = person.Length > 0 && drills.Spun(person) is { } spun ? drills.Find(spun.Chosen) : null,
            },
            Status(problems));
    }

    public TableRows<TrainingView> Trained(HttpContext http) => TableRules.Apply(drills.Record(clock.Now()), DrillsApi.RecordColumns, TableQuery.Of(http.Request));

    public IResult Training(HttpContext http)
    {
        var table = Trained(http);
        return new PageResult<TrainingPage>(new Dictionary<string, object?> { ["Rows"] = table.Rows, ["Query"] = TableQuery.Of(http.Request), ["Problems"] = table.Problems, ["Policy"] = drills.Policy });
    }

    public IResult Drill(HttpContext http, string name, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed)
    {
        if (drills.Find(name) is not { } drill)
        {
            // A line of a timeline leads here by the run's id.
            return drills.Run(name) is { } run ? Results.Redirect("/drills/runs/" + run.Id) : ProblemAnswers.Refuse(http, Problem.NotFound($"There is no drill \"{name}\".", "The list has all of them."));
        }

        return new PageResult<DrillPage>(
            new Dictionary<string, object?>
            {
                ["Drill"] = drill,
                ["Runs"] = drills.Runs().Where(r => r.Drill == name).ToArray(),
                ["People"] = People(),
                ["SignedIn"] = http.Caller().PersonId is not null,
                ["Problems"] = problems,
                ["Typed"] = typed.Count > 0 ? typed : new Dictionary<string, string> { ["onCall"] = http.Request.Query["on-call"].ToString() },
            },
            Status(problems));
    }

    public IResult Run(HttpContext http, string id, string key, IReadOnlyList<Problem> problems)
    {
        if (drills.Run(id, http.Caller(), key, clock.Now()) is not { } run) return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no run {id}.", "The list has all that are kept."));
        return new PageResult<DrillRunPage>(
            new Dictionary<string, object?> { ["Run"] = run, ["Key"] = run is { Behind: not null, Open: true } ? key : "", ["SignedIn"] = http.Caller().PersonId is not null, ["Problems"] = problems }, Status(problems));
    }

    /// <summary>Whoever started it goes to it; where nobody signs in, with the leader's key.</summary>
    public async Task<IResult> StartedAsync(HttpContext http, string run, CancellationToken stop) =>
        Results.Redirect(http.Caller().PersonId is null && await drills.KeyAsync(run, http.Caller(), clock.Now(), stop) is { } key ? $"/drills/runs/{run}?key={Uri.EscapeDataString(key)}" : "/drills/runs/" + run);

    private string[] People() => [.. CatalogView.Of(manifests.For(house.State)).People.Select(p => p.Name).Order(StringComparer.Ordinal)];

    private static int Status(IReadOnlyList<Problem> problems) => problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}

/// <summary>A run as those who take part see it, drawn anew while people look.</summary>
internal sealed class DrillLive(DrillReading drills, TimeProvider clock) : ILiveSource
{
    public string Topic => "drill";

    public async Task<IReadOnlyList<Fragment>> DrawAsync(Drawing drawing, string name, CancellationToken stop)
    {
        var reader = Reader.Anyone(clock.Now());
        if (drills.Run(name) is not { } run) return [];
        var parameters = new Dictionary<string, object?> { ["Run"] = run };
        return [new("drill-now", await drawing.DrawAsync<DrillNow>(reader, parameters)), new("drill-came", await drawing.DrawAsync<DrillCame>(reader, parameters))];
    }
}

/// <summary>Tells looking browsers as soon as something happened to a drill.</summary>
internal sealed class DrillNews(IHouse house, LiveHub hub) : IRoomLife
{
    private IDisposable? _watch;

    public Task StartAsync(CancellationToken stop)
    {
        var last = house.State.Get<DrillBook>();
        _watch = house.Watch((state, _) =>
        {
            var book = state.Get<DrillBook>();
            if (ReferenceEquals(book, last)) return;
            last = book;
            foreach (var topic in (ReadOnlySpan<string>)["drill", "overview"]) hub.Changed(topic);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop)
    {
        _watch?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>Drills in the palette.</summary>
internal sealed class DrillPalette(DrillReading drills) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        drills.Runs().Where(r => r.Open).Select(r => new PaletteEntry($"{r.Name} {r.Title}", "/drills/runs/" + r.Id, "swap", "under way", First: true))
            .Concat(drills.All().Select(d => new PaletteEntry($"Drill: {d.Title}", "/drills/" + Uri.EscapeDataString(d.Name), "swap", "learn", Also: $"game day training {d.Service}")))
            .Append(new("Spin the wheel of misfortune", "/drills#wheel", "swap", "learn", Also: "drill training"))
            .Append(new("Who trained", "/training", "user", "learn", Also: "drill record"));
}
