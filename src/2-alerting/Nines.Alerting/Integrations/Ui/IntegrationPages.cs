using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Integrations.Api;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Alerting.Integrations.Ui;

/// <summary>The room's pages: every sender, and one with what to paste and a field in which an event is tried.</summary>
internal static class IntegrationPages
{
    public static void Register(Registration room)
    {
        var read = Permission.Read("integrations");
        room.Services.AddSingleton(new LoopPlace(Loop.Alert, "Integrations", "/integrations", "swap", Order: 40));
        room.Get("/integrations", read, List);
        room.Get("/integrations.csv", read, (HttpContext http, IntegrationList list) => TableExport.Csv(Rows(http, list).Rows, IntegrationsApi.Columns, "integrations"));
        room.Get("/integrations.json", read, (HttpContext http, IntegrationList list) => TableExport.Json(Rows(http, list).Rows, IntegrationsApi.Columns));
        room.Get("/integrations/{name}", read, Show);
        room.Post("/integrations/{name}/try", read, TryAsync);
    }

    private static TableRows<IntegrationView> Rows(HttpContext http, IntegrationList list) => TableRules.Apply(list.All(http.Request), IntegrationsApi.Columns, TableQuery.Of(http.Request));

    private static PageResult<IntegrationsPage> List(HttpContext http, IntegrationList list) =>
        new(new Dictionary<string, object?> { ["Table"] = Rows(http, list), ["Query"] = TableQuery.Of(http.Request), ["House"] = $"{http.Request.Scheme}://{http.Request.Host}" });

    private static IResult Show(HttpContext http, string name, IntegrationList list) => One(http, name, list, "", null, []);

    /// <summary>Shows what an event would become. It changes nothing; it is a post because a body may be long and is nobody's address.</summary>
    private static async Task<IResult> TryAsync(HttpContext http, string name, IntegrationList list, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var text = form["event"].ToString();
        if (list.Find(name) is not { } from) return ProblemAnswers.Refuse(http, IntegrationsApi.Unknown(name));
        var tried = list.Try(from, text);
        return One(http, name, list, text, tried.Ok ? tried.Value : null, tried.Problems);
    }

    private static IResult One(HttpContext http, string name, IntegrationList list, string text, IReadOnlyList<TrialAlert>? tried, IReadOnlyList<Problem> problems)
    {
        if (list.One(http.Request, name) is not { } view) return ProblemAnswers.Refuse(http, IntegrationsApi.Unknown(name));
        return new PageResult<IntegrationPage>(
            new Dictionary<string, object?> { ["Integration"] = view, ["Text"] = text, ["Tried"] = tried, ["Problems"] = problems },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
