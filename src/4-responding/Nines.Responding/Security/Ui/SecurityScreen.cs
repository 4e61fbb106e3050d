using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Responding.Security.Ui;

/// <summary>Puts cases on the screen of those who may know of them.</summary>
internal sealed class SecurityScreen(SecurityReading reading, ServingMode mode, TimeProvider clock)
{
    public IResult List(HttpContext http)
    {
        var all = reading.All(http.Caller(), clock.Now());
        var query = TableQuery.Of(http.Request);
        return Quiet(http, new PageResult<SecurityPage>(new Dictionary<string, object?>
        {
            ["All"] = all,
            ["Table"] = TableRules.Apply(all, Api.SecurityApi.Columns, query),
            ["Query"] = query,
            ["OpenHouse"] = mode.Open,
            ["Given"] = reading.Policy.Given,
            ["Signals"] = reading.Signals,
        }));
    }

    public async Task<IResult> ShowAsync(HttpContext http, string id, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed, CancellationToken stop)
    {
        var read = await reading.ReadAsync(http.Caller(), id, clock.Now(), stop);
        if (!read.Ok) return ProblemAnswers.Refuse(http, read.Problems);
        return Quiet(http, new PageResult<CasePage>(
            new Dictionary<string, object?> { ["Case"] = read.Value, ["People"] = reading.Choices.People, ["Problems"] = problems, ["Typed"] = typed, ["OpenHouse"] = mode.Open },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }

    public IResult New(HttpContext http, OpenRequest asked, IReadOnlyList<Problem> problems) => Quiet(http, new PageResult<NewCasePage>(
        new Dictionary<string, object?> { ["Asked"] = asked, ["Services"] = reading.Choices.Services, ["Problems"] = problems, ["OpenHouse"] = mode.Open },
        problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));

    public async Task<IResult> DraftAsync(HttpContext http, string id, string duty, CancellationToken stop)
    {
        var draft = await reading.DraftAsync(http.Caller(), id, duty, clock.Now(), stop);
        if (!draft.Ok) return ProblemAnswers.Refuse(http, draft.Problems);
        var view = reading.View(http.Caller(), id, clock.Now());
        return view.Ok ? Quiet(http, new PageResult<DraftPage>(new Dictionary<string, object?> { ["Case"] = view.Value, ["Duty"] = duty, ["Draft"] = draft.Value })) : ProblemAnswers.Refuse(http, view.Problems);
    }

    private static IResult Quiet(HttpContext http, IResult result) => Api.SecurityApi.Quiet(http, result);
}
