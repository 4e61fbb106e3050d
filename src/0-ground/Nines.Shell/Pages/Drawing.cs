using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Nines.Shell.Components;

namespace Nines.Shell.Pages;

/// <summary>Draws components to markup: whole pages and the fragments of live pages by the same way.</summary>
public sealed class Drawing(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The component's markup, after everything that it waits for; the reader is a cascading value in it.</summary>
    public async Task<string> DrawAsync<TComponent>(Reader reader, IReadOnlyDictionary<string, object?>? parameters = null) where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var scope = new Dictionary<string, object?>
        {
            [nameof(ReaderScope.Reader)] = reader,
            [nameof(ReaderScope.Type)] = typeof(TComponent),
            [nameof(ReaderScope.Parameters)] = new Dictionary<string, object>(parameters?.Select(p => KeyValuePair.Create(p.Key, p.Value!)) ?? []),
        };
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<ReaderScope>(ParameterView.FromDictionary(scope));
            return root.ToHtmlString();
        });
    }
}
