using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Nines.Catalog.Access.Ui;

/// <summary>A form that anybody may send is small: 16 KiB.</summary>
internal sealed class SmallForm : IRequestSizeLimitMetadata
{
    public static SmallForm Mark { get; } = new();

    public long? MaxRequestBodySize => 16 * 1024;

    /// <summary>Reads it.</summary>
    public static Task<IFormCollection> ReadAsync(HttpContext http, CancellationToken stop) => http.Request.ReadFormAsync(stop);
}
