using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Puts one status page on the screen of people of the house.</summary>
internal sealed class StatusScreen(StatusPress press, StatusReading pages, Proposals proposals, TimeProvider clock)
{
    public async Task<IResult> ShowAsync(HttpContext http, string page, IReadOnlyList<Problem> problems, IReadOnlyDictionary<string, string> typed, CancellationToken stop)
    {
        if (press.Find(page) is not { } spec || await pages.FindAsync(page, stop) is not { } view)
            return ProblemAnswers.Refuse(http, Problem.NotFound($"There is no status page \"{page}\".", "The list has all that there are."));
        return new PageResult<StatusPagePage>(
            new Dictionary<string, object?>
            {
                ["Spec"] = spec,
                ["Page"] = view,
                ["Proposed"] = proposals.Of(page, "", Reader.Of(http, clock).Now),
                ["Problems"] = problems,
                ["Typed"] = typed,
            },
            problems.Any(p => p.IsError) ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
