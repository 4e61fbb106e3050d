using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Nines.Shell.Pages;

/// <summary>Draws components to markup: whole pages and the fragments of live pages by the same way.</summary>
public sealed class Drawing(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The component's markup, after everything that it waits for.</summary>
    public async Task<string> DrawAsync<TComponent>(IDictionary<string, object?> parameters) where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }
}
