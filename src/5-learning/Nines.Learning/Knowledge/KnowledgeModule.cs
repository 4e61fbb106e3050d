using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Learning.Knowledge.Cli;
using Nines.Learning.Knowledge.Ui;
using Nines.Responding.Incidents;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Learning.Knowledge;

/// <summary>The room of what the house knows: full-text search over all that was written, and incidents that were alike.</summary>
public sealed class KnowledgeModule : Module
{
    private const int Most = 50;

    /// <inheritdoc />
    public override string Name => "knowledge";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        var read = Permission.Read("incidents");
        room.Services.AddSingleton<KnowledgeReading>();
        room.Services.AddSingleton(new LoopPlace(Loop.Learn, "Knowledge", "/knowledge", "find", Order: 20));
        room.Services.AddSingleton(new IncidentTile(typeof(SimilarToIncident), 30));
        room.Get("/api/v1/knowledge", read, (HttpContext http, KnowledgeReading knowledge) =>
        {
            var asked = Read(http);
            return asked.Ok ? Results.Json(knowledge.Search(asked.Value.Query, asked.Value.Kind, asked.Value.Most), HouseJson.Options) : Answers.Refuse(asked.Problems);
        });
        room.Get("/api/v1/incidents/{id}/similar", read, (string id, KnowledgeReading knowledge) => knowledge.Similar(id) is { } similar
            ? Results.Json(similar, HouseJson.Options)
            : Answers.Refuse(Problem.NotFound($"There is no incident {id}.", "List them with \"nines incident list\".")));
        room.Get("/knowledge", read, (HttpContext http, KnowledgeReading knowledge) =>
        {
            var query = http.Request.Query["q"].ToString();
            var kind = KnowledgeReading.Kinds.FirstOrDefault(k => k == http.Request.Query["kind"].ToString()) ?? "";
            return new PageResult<KnowledgePage>(new Dictionary<string, object?> { ["Query"] = query, ["Kind"] = kind, ["Found"] = query.Length > 0 ? knowledge.Search(query, kind, Most) : [] });
        });
        room.Command(new SearchCommand());
        room.Command(new SimilarCommand());
    }

    private static Outcome<(string Query, string Kind, int Most)> Read(HttpContext http)
    {
        var (query, kind, most) = (http.Request.Query["q"].ToString(), http.Request.Query["kind"].ToString(), http.Request.Query["most"].ToString());
        var wrong = new List<Problem>();
        if (string.IsNullOrWhiteSpace(query)) wrong.Add(Problem.Invalid("Nobody said what is looked for.", "Write some words.", "q"));
        if (kind.Length > 0 && !KnowledgeReading.Kinds.Contains(kind)) wrong.Add(Problem.Invalid($"There is no kind \"{kind}\".", $"Write one of {string.Join(", ", KnowledgeReading.Kinds)}.", "kind"));
        var count = Most;
        if (most.Length > 0 && (!int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > 200)) wrong.Add(Problem.Invalid($"\"{most}\" is no number of results.", "Write one from 1 to 200.", "most"));
        return wrong.Count > 0 ? Outcome<(string, string, int)>.Failed(wrong) : (query, kind, count);
    }
}
