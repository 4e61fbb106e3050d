using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.Briefs.Cli;
using Nines.Responding.Briefs.Ui;
using Nines.Responding.Incidents;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.Briefs;

/// <summary>The room of the 03:00 brief: one screen, one text message, one spoken sentence.</summary>
public sealed class BriefsModule : Module
{
    /// <inheritdoc />
    public override string Name => "briefs";

    /// <inheritdoc />
    public override void Register(Registration room)
    {
        var read = Permission.Read("incidents");
        room.Services.AddSingleton<BriefReading>();
        room.Services.AddSingleton(new IncidentTile(typeof(BriefOfIncident), 0));
        room.Services.AddSingleton(new PageTile(typeof(BriefOfPage)));
        room.Get("/api/v1/briefs/{id}", read, (string id, BriefReading briefs, TimeProvider clock) => briefs.Find(id, clock.Now()) is { } brief
            ? Results.Json(brief, HouseJson.Options)
            : Answers.Refuse(Missing(id)));
        room.Get("/briefs/{id}", read, (HttpContext http, string id, BriefReading briefs, TimeProvider clock) => briefs.Find(id, clock.Now()) is { } brief
            ? new PageResult<BriefPage>(new Dictionary<string, object?> { ["Brief"] = brief, ["At"] = clock.Now() })
            : ProblemAnswers.Refuse(http, Missing(id)));
        room.Command(new BriefCommand());
    }

    private static Problem Missing(string id) => Problem.NotFound($"There is no incident and no page {id}.", "List them with \"nines incident list\" and \"nines page list\".");
}
