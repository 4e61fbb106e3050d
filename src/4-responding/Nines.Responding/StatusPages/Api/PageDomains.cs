using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Responding.StatusPages.Api;

/// <summary>
/// Pages with a domain of their own: a request for that name is answered by that page and by nothing else of the house, so that
/// nobody reaches the product, or its sign-in, under a name that belongs to the public.
/// </summary>
internal sealed class PageDomains(IHouse house, CompiledManifests manifests) : IFurtherHosts, IStartupFilter
{
    /// <summary>Marks a request that came to a page's own domain.</summary>
    public static readonly object Mark = new();

    private readonly ConditionalWeakTable<ManifestSet, FrozenDictionary<string, string>> _known = [];

    public bool Answers(string host) => Of().ContainsKey(host);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            var domains = Of();
            if (domains.Count > 0 && domains.TryGetValue(http.Request.Host.Host, out var page) && !http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal))
            {
                http.Items[Mark] = page;
                http.Request.Path = $"/status/{page}{(http.Request.Path == "/" ? "" : http.Request.Path)}";
            }

            return rest(http);
        });
        next(app);
    };

    private FrozenDictionary<string, string> Of() => _known.GetValue(
        manifests.For(house.State), all => all.Of<StatusPage>().Where(p => p.Domain.Length > 0).DistinctBy(p => p.Domain).ToFrozenDictionary(p => p.Domain, p => p.Name, StringComparer.OrdinalIgnoreCase));
}
