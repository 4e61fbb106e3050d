using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Nines.Shell.Pages;

namespace Nines.Shell.Security;

/// <summary>Puts the guard and the pages for problems before every route, without a line in the host.</summary>
internal sealed class BeforeRoutes(TrustedProxies proxies) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<RefusalCounter>();
        if (proxies.Known) app.UseForwardedHeaders(proxies.Options());
        app.UseMiddleware<CleartextGuard>();
        app.UseMiddleware<BrowserGuard>();
        app.UseMiddleware<ProblemAnswers>();
        next(app);
    };
}
