using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Nines.Shell.Pages;

namespace Nines.Shell.Security;

/// <summary>Puts the guard and the pages for problems before every route, without a line in the host.</summary>
internal sealed class BeforeRoutes : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RefusalCounter>();
        app.UseMiddleware<BrowserGuard>();
        app.UseMiddleware<ProblemAnswers>();
        app.Use((http, then) =>
        {
            http.Features.Set(Caller.AtAnOpenHouse);
            return then(http);
        });
        next(app);
    };
}
