using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Puts the subscribers of a status page on the screen of those who may change it.</summary>
internal sealed class SubscriberScreen(StatusPress press, SubscriberDesk desk)
{
    public IResult Show(HttpContext http, string page, string typed, IReadOnlyList<string> chosen, IReadOnlyList<Problem> problems)
    {
        if (press.Find(page) is not { } spec || desk.All(page) is not { } all)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no status page \"{page}\".", "The list has all that there are."));
        return new PageResult<SubscribersPage>(
            new Dictionary<string, object?> { ["Spec"] = spec, ["All"] = all.Reverse().ToArray(), ["Typed"] = typed, ["Chosen"] = chosen, ["Problems"] = problems },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
