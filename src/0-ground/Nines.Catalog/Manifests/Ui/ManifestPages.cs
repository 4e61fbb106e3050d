using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;

namespace Nines.Catalog.Manifests.Ui;

/// <summary>One manifest in the list.</summary>
public sealed record ManifestRow(ManifestKey Key, string Title, string Owner, long Revision, Instant? At, int Errors, int Findings)
{
    public string Address => $"/manifests/{Uri.EscapeDataString(Key.Kind)}/{Uri.EscapeDataString(Key.Name)}?apiVersion={Uri.EscapeDataString(Key.ApiVersion)}";
}

/// <summary>The editor's pages: what is kept, one manifest with everything wrong with it while it is typed.</summary>
internal static class ManifestPages
{
    private static readonly IReadOnlyList<Column<ManifestRow>> Columns =
    [
        new("kind", "Kind", m => m.Key.Kind), new("name", "Name", m => m.Key.Name), new("title", "Title", m => m.Title), new("version", "Version", m => m.Key.ApiVersion),
        new("owner", "Owner", m => m.Owner), new("revision", "Revision", m => (double)m.Revision), new("changed", "Changed", m => m.At),
        new("errors", "Errors", m => (double)m.Errors), new("findings", "Findings", m => (double)m.Findings),
    ];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("manifests"), Permission.Write("manifests"));
        room.Services.AddSingleton(new LoopPlace(Loop.Measure, "Manifests", "/manifests", "file"));
        room.Fill<IPaletteSource, ManifestPalette>();
        room.Get("/manifests", read, (HttpContext http, IHouse house, CompiledManifests compiled) => List(http, Rows(house, compiled)));
        room.Get("/manifests.csv", read, (HttpContext http, IHouse house, CompiledManifests compiled) => TableExport.Csv(Found(http, Rows(house, compiled)).Rows, Columns, "manifests"));
        room.Get("/manifests.json", read, (HttpContext http, IHouse house, CompiledManifests compiled) => TableExport.Json(Found(http, Rows(house, compiled)).Rows, Columns));
        room.Get("/manifests/new", read, New);
        room.Post("/manifests/check", read, CheckAsync);
        room.Post("/manifests", write, ApplyAsync);
        room.Get("/manifests/{kind}/{name}", read, Edit);
        room.Post("/manifests/{kind}/{name}/delete", write, DeleteAsync);
    }

    private static PageResult<ManifestsPage> List(HttpContext http, IReadOnlyList<ManifestRow> rows) =>
        new(new Dictionary<string, object?> { ["Table"] = Found(http, rows), ["Query"] = TableQuery.Of(http.Request) });

    private static TableRows<ManifestRow> Found(HttpContext http, IReadOnlyList<ManifestRow> rows) => TableRules.Apply(rows, Columns, TableQuery.Of(http.Request));

    private static ManifestRow[] Rows(IHouse house, CompiledManifests compiled)
    {
        var set = compiled.For(house.State);
        return [.. set.All.Select(m => Row(m, set))];
    }

    private static ManifestRow Row(CompiledManifest m, ManifestSet set)
    {
        var problems = set.ProblemsOf(m.Key);
        return new(m.Key, m.Metadata.DisplayName, m.Stored?.File is { } file ? $"{file}:{m.Stored.Line}" : "here", m.Stored?.Revision ?? 0, m.Stored?.At, problems.Count(p => p.IsError), problems.Count(p => !p.IsError));
    }

    private static PageResult<ManifestPage> New(HttpContext http, string? kind, string? apiVersion, CompiledManifests compiled)
    {
        var wanted = (kind is null ? null : compiled.Kinds.All.Where(k => k.Kind.Equals(kind, StringComparison.OrdinalIgnoreCase)).OrderByDescending(k => k.ApiVersion == apiVersion).FirstOrDefault()) ?? compiled.Kinds.All.FirstOrDefault(k => k.Kind == "SLO") ?? compiled.Kinds.All[0];
        return Page(compiled, new("New manifest", null, wanted.Example, Owner: null), [], null);
    }

    private static IResult Edit(HttpContext http, string kind, string name, string? apiVersion, IHouse house, CompiledManifests compiled, ApplyManifests manifests)
    {
        var set = compiled.For(house.State);
        var found = manifests.Find(set, kind, name, apiVersion);
        if (!found.Ok) return ProblemAnswers.Refuse(http, found.Problems);
        var done = http.Request.Query["done"].ToString() is "created" or "updated" or "unchanged" ? http.Request.Query["done"].ToString() : null;
        return Page(compiled, Editing(found.Value), set.ProblemsOf(found.Value.Key), done);
    }

    private static EditedManifest Editing(CompiledManifest m) =>
        new(m.Key.Name, m.Key, m.Document.Source, m.Stored?.File is { } file ? $"{file}, line {m.Stored.Line}" : null);

    private static async Task<IResult> CheckAsync(HttpContext http, IHouse house, CompiledManifests compiled, ManifestReviews reviews, Drawing drawing, TimeProvider clock, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var text = form["source"].ToString();
        var checkedText = Check(text, house, compiled, reviews, clock.Now());
        if (http.Request.Headers["HX-Request"] != "true") return Page(compiled, Typed(form, text), checkedText.Problems, null, checkedText);
        await HtmlBody.WriteAsync(http, await drawing.DrawAsync<Verdict>(Reader.Of(http, clock), new Dictionary<string, object?> { ["Checked"] = checkedText }));
        return Results.Empty;
    }

    private static CheckedText Check(string text, IHouse house, CompiledManifests compiled, ManifestReviews reviews, Instant now)
    {
        var problems = new ProblemList();
        var documents = ManifestParser.Parse(text, null, problems);
        var read = documents.Select(d => compiled.Kinds.Compile(d, kept: true)).ToArray();
        var keys = read.Select(r => r.Key).ToHashSet();
        var known = compiled.For(house.State);
        var set = ManifestSet.Build(known.All.Where(m => !keys.Contains(m.Key)).Concat(read), whole: true);
        problems.AddRange(keys.SelectMany(set.ProblemsOf));
        // Who would be woken by what is broken cannot be said.
        if (!problems.HasErrors && documents.Count > 0)
        {
            var reviewed = reviews.Judge(house.State, set, now, force: null);
            problems.AddRange([.. reviewed.Errors, .. reviewed.Findings]);
        }

        return new(documents.Count, [.. keys.Order().Select(k => (k, known.Find(k) is not null))], problems.Problems);
    }

    private static async Task<IResult> ApplyAsync(HttpContext http, IHouse house, CompiledManifests compiled, ApplyManifests manifests, ManifestReviews reviews, TimeProvider clock, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var text = form["source"].ToString();
        var applied = await manifests.ApplyAsync(http.Caller(), text, null, dryRun: false, stop, form[ManifestReviews.ForceField].ToString());
        if (!applied.Ok) return Page(compiled, Typed(form, text), applied.Problems, null, Check(text, house, compiled, reviews, clock.Now()));
        if (applied.Value.Changes is not [var change]) return Results.Redirect("/manifests");
        return Results.Redirect($"/manifests/{Uri.EscapeDataString(change.Kind)}/{Uri.EscapeDataString(change.Name)}?apiVersion={Uri.EscapeDataString(change.ApiVersion)}&done={change.Change}");
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string kind, string name, string? apiVersion, ApplyManifests manifests, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var deleted = await manifests.DeleteAsync(http.Caller(), kind, name, apiVersion, stop, form[ManifestReviews.ForceField].ToString());
        return deleted.Ok ? Results.Redirect("/manifests") : ProblemAnswers.Refuse(http, deleted.Problems);
    }

    private static EditedManifest Typed(IFormCollection form, string text)
    {
        var title = form["title"].ToString();
        return new(title.Length is > 0 and < 300 ? title : "Manifest", null, text, null);
    }

    private static PageResult<ManifestPage> Page(CompiledManifests compiled, EditedManifest edited, IReadOnlyList<Problem> problems, string? done, CheckedText? result = null) => new(
        new Dictionary<string, object?> { ["Edited"] = edited, ["Checked"] = result ?? new CheckedText(1, [], problems), ["Done"] = done, ["Kinds"] = compiled.Kinds.All },
        result is not null && problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}

/// <summary>What stands in the editor.</summary>
/// <param name="Title">What the page is called.</param>
/// <param name="Key">Null for a new one.</param>
/// <param name="Text">As typed or kept.</param>
/// <param name="Owner">The watched file that owns it, which makes it read-only here; null where it may be changed.</param>
public sealed record EditedManifest(string Title, ManifestKey? Key, string Text, string? Owner);

/// <summary>What a text came to: its documents, and everything wrong or worth knowing.</summary>
public sealed record CheckedText(int Documents, IReadOnlyList<(ManifestKey Key, bool Exists)> Keys, IReadOnlyList<Problem> Problems);

/// <summary>Manifests in the palette, and what one can write.</summary>
internal sealed class ManifestPalette(CompiledManifests compiled) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) => compiled.Kinds.All
        .Select(k => new PaletteEntry($"Write a new {k.Kind}", "/manifests/new?kind=" + k.Kind, "file", k.ApiVersion, Does: true, Also: "manifest create add", First: k.Kind == "SLO"))
        .Concat(compiled.For(state).All.Take(500).Select(m => new PaletteEntry($"{m.Key.Kind} {m.Key.Name}", $"/manifests/{m.Key.Kind}/{Uri.EscapeDataString(m.Key.Name)}?apiVersion={Uri.EscapeDataString(m.Key.ApiVersion)}", "file", "manifest")));
}
