using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Responding.Updates.Api;

/// <summary>Updates over HTTP.</summary>
internal static class UpdatesApi
{
    public static IReadOnlyList<Column<SubscriptionView>> Columns { get; } =
    [
        new("person", "Person", s => s.Person),
        new("audience", "Hears", s => s.Audience.ToString().ToLowerInvariant()),
        new("services", "Services", s => string.Join(' ', s.Services)),
        new("least", "From", s => s.Least),
        new("since", "Since", s => s.Since),
        new("id", "Id", s => s.Id),
    ];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("incidents"), Permission.Write("incidents"));
        room.Get("/api/v1/incidents/{id}/updates", read, (string id, UpdateReading updates, TimeProvider clock) => Show(id, updates, clock));
        room.Get("/api/v1/incidents/{id}/updates/draft", read, (string id, string? template, UpdateReading updates, TimeProvider clock) => Draft(id, template ?? "", updates, clock));
        room.Post("/api/v1/incidents/{id}/updates", write, async (HttpContext http, string id, Said said, UpdateDesk desk, UpdateReading updates, TimeProvider clock, CancellationToken stop) =>
        {
            var posted = await desk.PostAsync(http.Caller(), id, new(said.Audience, said.Subject, said.Text, said.Next), said.By, stop);
            return posted.Ok ? Show(posted.Value, updates, clock) : Answers.Refuse(posted.Problems);
        });
        room.Get("/api/v1/update-subscriptions", read, (HttpRequest request, UpdateReading updates) => TableExport.List(request, updates.Subscriptions(), Columns, "update-subscriptions"));
        room.Post("/api/v1/update-subscriptions", write, async (HttpContext http, SubscribeRequest asked, UpdateDesk desk, UpdateReading updates, CancellationToken stop) =>
            await desk.SubscribeAsync(http.Caller(), asked, stop) is { Ok: false } wrong ? Answers.Refuse(wrong.Problems) : Results.Json(updates.Subscriptions(), HouseJson.Options));
        room.Post("/api/v1/update-subscriptions/{id}/end", write, async (HttpContext http, string id, UpdateDesk desk, UpdateReading updates, CancellationToken stop) =>
            await desk.UnsubscribeAsync(http.Caller(), id, stop) is { Ok: false } wrong ? Answers.Refuse(wrong.Problems) : Results.Json(updates.Subscriptions(), HouseJson.Options));
    }

    private static IResult Show(string id, UpdateReading updates, TimeProvider clock) => updates.Find(id, clock.Now()) is { } found
        ? Results.Json(found, HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no incident {id}.", "List them with \"nines incident list\"."));

    private static IResult Draft(string id, string template, UpdateReading updates, TimeProvider clock) => updates.Draft(id, template, clock.Now()) is { } draft
        ? Results.Json(draft, HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no incident {id}, or no template \"{template}\".", $"Templates: {string.Join(", ", updates.Templates)}."));

    /// <summary>What is said, and for whom.</summary>
    internal sealed record Said(string Audience = "internal", string Subject = "", string Text = "", string Next = "", string By = "");
}
