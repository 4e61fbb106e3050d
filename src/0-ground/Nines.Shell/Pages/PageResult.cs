using System.Collections.Frozen;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Shell.Components;

namespace Nines.Shell.Pages;

/// <summary>
/// A component as a whole page: drawn on the server, compressed where the browser takes it. The component gets the
/// parameters given, and the <see cref="Components.Reader"/> as a cascading value.
/// </summary>
public sealed class PageResult<TPage> : IResult where TPage : IComponent
{
    private readonly IReadOnlyDictionary<string, object?> _parameters;
    private readonly int _status;

    /// <param name="parameters">The component's parameters.</param>
    /// <param name="status">HTTP status: 422 for a form with errors in place, 404 for what is not there.</param>
    public PageResult(IReadOnlyDictionary<string, object?>? parameters = null, int status = StatusCodes.Status200OK) =>
        (_parameters, _status) = (parameters ?? FrozenDictionary<string, object?>.Empty, status);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var reader = Reader.Of(httpContext, services.GetRequiredService<TimeProvider>());
        var html = await services.GetRequiredService<Drawing>().DrawAsync<TPage>(reader, _parameters);
        await HtmlBody.WriteAsync(httpContext, html, _status);
    }
}

/// <summary>Writes markup as the body of an answer, in the encoding that the browser takes.</summary>
public static class HtmlBody
{
    // Below this a compressed answer saves no packet.
    private const int WorthCompressing = 1400;

    public static async Task WriteAsync(HttpContext http, string html, int status = StatusCodes.Status200OK)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Accept-Encoding, Cookie";
        var body = Encoding.UTF8.GetBytes(html);
        if (body.Length > WorthCompressing && http.Request.Headers.AcceptEncoding.ToString() is { } accepted)
        {
            var encoding = accepted.Contains("br", StringComparison.Ordinal) ? "br" : accepted.Contains("gzip", StringComparison.Ordinal) ? "gzip" : null;
            if (encoding is not null)
            {
                response.Headers.ContentEncoding = encoding;
                body = Compress(body, encoding);
            }
        }
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var output = new MemoryStream(body.Length / 4);
        using (Stream through = encoding == "br"
            ? new BrotliStream(output, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
            through.Write(body);
        return output.ToArray();
    }
}
