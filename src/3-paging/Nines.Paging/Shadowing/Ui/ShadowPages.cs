using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Shadowing.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Shadowing.Ui;

/// <summary>The room's page: both pagers side by side.</summary>
internal static class ShadowPages
{
    /// <summary>Choices of how far to look back.</summary>
    public static IReadOnlyList<(string Value, string Words)> Spans { get; } = [("1d", "a day"), ("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days")];

    public static void Register(Registration room)
    {
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "Shadow mode", "/shadow", "swap", Order: 40));
        room.Get("/shadow", Permission.Read("shadow"), Show);
    }

    /// <summary>A verdict as people see it.</summary>
    public static StateWord WordOf(ShadowVerdict verdict) => verdict switch
    {
        ShadowVerdict.Same => new("good", "ok", "The same"),
        ShadowVerdict.Another => new("crit", "user", "Somebody else"),
        ShadowVerdict.OnlyOutside => new("crit", "crit", "Only there"),
        ShadowVerdict.OnlyNines => new("warn", "warn", "Only here"),
        ShadowVerdict.Unknown => new("none", "none", "Not known"),
        _ => new("none", "clock", "Waiting"),
    };

    private static IResult Show(HttpContext http, ShadowDesk desk, TimeProvider clock)
    {
        var since = http.Request.Query["since"].ToString();
        var over = ShadowApi.Over(since);
        return over.Ok
            ? new PageResult<ShadowPage>(new Dictionary<string, object?> { ["Report"] = desk.Report(over.Value, clock.Now()), ["Since"] = since.Length > 0 ? since : "7d" })
            : ProblemAnswers.Refuse(http, over.Problems);
    }
}
