using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Measuring.Changes.Api;

/// <summary>Changes over HTTP: record one or a list, list (JSON, CSV), show.</summary>
internal static class ChangesApi
{
    private const int Most = 1000;

    public static IReadOnlyList<Column<Change>> Columns { get; } =
    [
        new("at", "When", c => c.At),
        new("kind", "Kind", c => Change.WordOf(c.Kind)),
        new("service", "Service", c => c.Service),
        new("title", "Title", c => c.Title),
        new("version", "Version", c => c.Version),
        new("stage", "Stage", c => c.Stage),
        new("source", "Source", c => c.Source),
        new("id", "Id", c => c.Id),
    ];

    /// <summary>An object or a list of objects; all or nothing.</summary>
    public static async Task<IResult> RecordAsync(HttpContext http, ChangeDesk desk, JsonElement body, CancellationToken stop)
    {
        var list = body.ValueKind == JsonValueKind.Array;
        if (!list && body.ValueKind != JsonValueKind.Object) return Answers.Refuse(Problem.Invalid("The body is no change.", """Write {"service":"checkout","kind":"deploy","version":"1.4.2"}, or a list of them."""));
        if (list && body.GetArrayLength() is 0 or > Most) return Answers.Refuse(Problem.Invalid($"A list of {body.GetArrayLength()} changes is not taken.", $"Send 1 to {Most}."));
        ChangeRequest?[] told;
        try
        {
            told = list ? body.Deserialize<ChangeRequest?[]>(HouseJson.Options)! : [body.Deserialize<ChangeRequest>(HouseJson.Options)];
        }
        catch (JsonException broken)
        {
            return Answers.Refuse(Problem.Invalid("A value is not of the kind that belongs there.", "Texts are texts, times are RFC 3339, links an object of texts.", broken.Path));
        }

        if (told.Any(t => t is null)) return Answers.Refuse(Problem.Invalid("There is nothing where a change should be.", "Take the null out."));
        var recorded = await desk.RecordAsync(http.Caller(), told!, list, stop);
        if (!recorded.Ok) return Answers.Refuse(recorded.Problems);
        return Results.Json(list ? recorded.Value : recorded.Value[0], HouseJson.Options, statusCode: StatusCodes.Status201Created);
    }

    public static IResult List(HttpRequest request, IHouse house) => TableExport.List(request, Newest(house.State), Columns, "changes");

    public static IResult Show(string id, IHouse house) => house.State.Get<ChangeBook>().Find(id) is { } change
        ? Results.Json(change, HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no change {id}.", "List them with \"nines change list\"."));

    /// <summary>All, the newest first.</summary>
    internal static IReadOnlyList<Change> Newest(HouseState state) => state.Get<ChangeBook>().All.Reverse();
}
