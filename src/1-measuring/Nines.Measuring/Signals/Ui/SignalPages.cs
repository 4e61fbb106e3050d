using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Measuring.Objectives;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Measuring.Signals.Ui;

/// <summary>The signals explorer: what comes in, what matches, what could be measured, and an objective from it in two clicks.</summary>
internal static class SignalPages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("signals");
        room.Services.AddSingleton(new LoopPlace(Loop.Measure, "Signals", "/signals", "signal", Order: 1));
        room.Fill<IPaletteSource, SignalPalette>();
        room.Get("/signals", read, List);
        room.Get("/signals.csv", read, (HttpContext http, SignalHub hub, ObjectiveEngine engine) => TableExport.Csv(Model(http, hub, engine).Table.Rows, SignalsPageModel.Columns, "signals"));
        room.Get("/signals.json", read, (HttpContext http, SignalHub hub, ObjectiveEngine engine) => TableExport.Json(Model(http, hub, engine).Table.Rows, SignalsPageModel.Columns));
        room.Get("/signals/{name}", read, Show);
        room.Post("/signals/{name}", Permission.Write("manifests"), MakeAsync);
    }

    private static PageResult<SignalsPage> List(HttpContext http, SignalHub hub, ObjectiveEngine engine) =>
        new(new Dictionary<string, object?> { ["Model"] = Model(http, hub, engine) });

    private static SignalsPageModel Model(HttpContext http, SignalHub hub, ObjectiveEngine engine) =>
        SignalsPageModel.For(hub, engine, TableQuery.Of(http.Request)) with { Here = $"{http.Request.Scheme}://{http.Request.Host}" };

    private static IResult Show(HttpContext http, string name, string? service, SignalHub hub, ObjectiveEngine engine) =>
        One(http, name, hub, engine, f => ObjectiveDraft.For(f, service), []);

    private static IResult One(HttpContext http, string name, SignalHub hub, ObjectiveEngine engine, Func<SignalFamily, ObjectiveDraft> draft, IReadOnlyList<Problem> problems)
    {
        if (hub.Families(name).FirstOrDefault(f => f.Name == name) is not { } family)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"No series called \"{name}\" has come in since the start.", "The signals explorer lists those that have."));
        return new PageResult<SignalPage>(
            new Dictionary<string, object?>
            {
                ["Family"] = FamilyRow.Of(family, engine),
                ["Series"] = hub.MatchedSeries(name, 50),
                ["Draft"] = draft(family),
                ["Problems"] = problems,
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, string name, SignalHub hub, ObjectiveEngine engine, ApplyManifests manifests, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var draft = new ObjectiveDraft(form["name"].ToString(), form["service"].ToString(), form["good"].ToString(), form["total"].ToString(), form["target"].ToString(), form["window"].ToString());
        var written = draft.ToManifest();
        if (!written.Ok) return One(http, name, hub, engine, _ => draft, written.Problems);
        var applied = await manifests.ApplyAsync(http.Caller(), written.Value, null, dryRun: false, stop);
        return applied.Ok
            ? Results.Redirect("/objectives/" + Uri.EscapeDataString(draft.Name.Trim()))
            : One(http, name, hub, engine, _ => draft, [.. applied.Problems.Select(InTheForm)]);
    }

    // The document's paths are not what the form shows: each goes to its field, the rest to the top.
    private static Problem InTheForm(Problem problem) => problem with
    {
        Place = null,
        Path = problem.Path switch
        {
            { } p when p.Contains(".good", StringComparison.Ordinal) => "good",
            { } p when p.Contains(".total", StringComparison.Ordinal) => "total",
            { } p when p.Contains("target", StringComparison.Ordinal) => "target",
            { } p when p.Contains("timeWindow", StringComparison.Ordinal) => "window",
            { } p when p.Contains("service", StringComparison.Ordinal) => "service",
            { } p when p.StartsWith("metadata", StringComparison.Ordinal) => "name",
            _ => null,
        },
    };
}

/// <summary>Metric names in the palette.</summary>
internal sealed class SignalPalette(SignalHub hub) : IPaletteSource
{
    private const int Most = 300;

    public IEnumerable<PaletteEntry> Entries(HouseState state) =>
        hub.Families(limit: Most).Select(f => new PaletteEntry(f.Name, "/signals/" + Uri.EscapeDataString(f.Name), "signal", Measurable.ShapeOf(f.Name)));
}
