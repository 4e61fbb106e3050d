using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Manifests;

/// <summary>The HTTP door: parse, one use case, answer.</summary>
internal static class ManifestsApi
{
    private static readonly Permission Read = Permission.Read("manifests");
    private static readonly Permission Write = Permission.Write("manifests");

    public static void Register(Registration room)
    {
        room.Get("/api/v1/manifests", Read, (string? apiVersion, IHouse house, CompiledManifests compiled) => ListAll(apiVersion, house, compiled));
        room.Get("/api/v1/manifests/{kind}", Read, (string kind, string? apiVersion, IHouse house, CompiledManifests compiled) => List(kind, apiVersion, house, compiled));
        room.Get("/api/v1/manifests/{kind}/{name}", Read, Get);
        room.Route("PUT", "/api/v1/manifests/{kind}/{name}", Write, PutAsync);
        room.Route("DELETE", "/api/v1/manifests/{kind}/{name}", Write, DeleteAsync);
        room.Post("/api/v1/manifests", Write, PostAsync);
        room.Post("/api/v1/manifests/validate", Read, ValidateAsync);
        room.Get("/api/v1/manifest-kinds", Read, (CompiledManifests compiled) => Results.Json(compiled.Kinds.All.Select(k => new KindView(k.ApiVersion, k.Kind, k.Summary, k.Example)), HouseJson.Options));
        room.Get("/api/v1/manifest-folder", Read, (WatchFolderDuty duty) => Results.Json(duty.Status, HouseJson.Options));
    }

    private static IResult ListAll(string? apiVersion, IHouse house, CompiledManifests compiled)
    {
        var set = compiled.For(house.State);
        return Results.Json(set.All.Where(m => apiVersion is null || m.Key.ApiVersion == apiVersion).Select(m => ManifestView.Of(m, set)), HouseJson.Options);
    }

    private static IResult List(string kind, string? apiVersion, IHouse house, CompiledManifests compiled)
    {
        var kinds = compiled.Kinds.Named(kind).Where(k => apiVersion is null || k.ApiVersion == apiVersion).ToArray();
        if (kinds.Length == 0) return Answers.Refuse(compiled.Kinds.Unknown(kind));
        var set = compiled.For(house.State);
        return Results.Json(set.All.Where(m => kinds.Contains(m.Kind)).Select(m => ManifestView.Of(m, set)), HouseJson.Options);
    }

    private static IResult Get(string kind, string name, string? apiVersion, HttpRequest request, IHouse house, CompiledManifests compiled, ApplyManifests manifests)
    {
        var set = compiled.For(house.State);
        var found = manifests.Find(set, kind, name, apiVersion);
        if (!found.Ok) return Answers.Refuse(found.Problems);
        request.HttpContext.Response.Headers.ETag = $"\"{found.Value.Stored?.Revision}\"";
        return request.Headers.Accept.ToString().Contains("yaml", StringComparison.Ordinal)
            ? Results.Text(found.Value.Document.Source, "application/yaml; charset=utf-8")
            : Results.Json(ManifestView.Of(found.Value, set), HouseJson.Options);
    }

    private static async Task<IResult> PutAsync(string kind, string name, string? apiVersion, bool? dryRun, string? force, HttpRequest request, CompiledManifests compiled, ApplyManifests manifests)
    {
        var problems = new ProblemList();
        var documents = await ManifestBody.ReadAsync(request, problems);
        var kinds = compiled.Kinds.Named(kind);
        if (kinds.Count == 0) return Answers.Refuse(compiled.Kinds.Unknown(kind));
        if (documents.Count > 1) problems.Invalid($"Here are {documents.Count} manifests.", "Send one to this address, or all of them to POST /api/v1/manifests.", null, documents[1].Place);
        if (documents.Count == 1 && (kinds.All(k => k.Kind != documents[0].Kind) || documents[0].Name != name || (apiVersion is not null && apiVersion != documents[0].ApiVersion)))
            problems.Invalid($"The address means {apiVersion ?? kinds[0].ApiVersion} {kinds[0].Kind} \"{name}\", the body is {documents[0].Key}.", "Make both the same.", null, documents[0].Place);
        return (await manifests.ApplyAsync(request.HttpContext.Caller(), documents, problems, dryRun == true, request.HttpContext.RequestAborted, force)).ToAnswer();
    }

    private static async Task<IResult> DeleteAsync(string kind, string name, string? apiVersion, string? force, HttpContext http, ApplyManifests manifests, CancellationToken stop) =>
        (await manifests.DeleteAsync(http.Caller(), kind, name, apiVersion, stop, force)).ToAnswer();

    private static async Task<IResult> PostAsync(bool? dryRun, string? force, HttpRequest request, ApplyManifests manifests)
    {
        var problems = new ProblemList();
        var documents = await ManifestBody.ReadAsync(request, problems);
        return (await manifests.ApplyAsync(request.HttpContext.Caller(), documents, problems, dryRun == true, request.HttpContext.RequestAborted, force)).ToAnswer();
    }

    /// <summary>Always answers 200 with every problem, as an editor needs it.</summary>
    private static async Task<IResult> ValidateAsync(bool? strict, HttpRequest request, IHouse house, CompiledManifests compiled)
    {
        var strictness = strict == true ? Strictness.Strict : Strictness.Lenient;
        var problems = new ProblemList(strictness);
        var documents = await ManifestBody.ReadAsync(request, problems);
        var read = documents.Select(d => compiled.Kinds.Compile(d, strictness, kept: true)).ToArray();
        var keys = read.Select(r => r.Key).ToHashSet();
        var set = ManifestSet.Build(compiled.For(house.State).All.Where(m => !keys.Contains(m.Key)).Concat(read), whole: true, strictness);
        problems.AddRange(keys.SelectMany(set.ProblemsOf));
        return Results.Json(Validated.Of(read, set, problems.Problems), HouseJson.Options);
    }
}

/// <summary>What validating came to.</summary>
/// <param name="Documents">How many were read.</param>
/// <param name="Errors">How many problems refuse.</param>
/// <param name="Findings">How many are worth knowing.</param>
/// <param name="Problems">All of them.</param>
/// <param name="Notes">What the sound ones come to, such as the minutes that a total outage needs to page.</param>
public sealed record Validated(int Documents, int Errors, int Findings, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Notes)
{
    internal static Validated Of(IReadOnlyList<CompiledManifest> read, ManifestSet all, IReadOnlyList<Problem> problems) =>
        new(read.Count, problems.Count(p => p.IsError), problems.Count(p => !p.IsError), problems,
            [.. read.Where(m => m.Spec is not null && !all.ProblemsOf(m.Key).Any(p => p.IsError)).SelectMany(m => m.Kind!.Says(m, all))]);
}

/// <summary>A kind, for help.</summary>
internal sealed record KindView(string ApiVersion, string Kind, string Summary, string Example);
