using Nines.Kernel;
using Nines.Storage;

namespace Nines.Host;

/// <summary>A backup of the running server as a stream: <c>POST /api/v1/backup</c> answers the archive that <c>nines restore</c> takes.</summary>
internal static class BackupRoute
{
    public static async Task WriteAsync(HttpContext context, Store store, TimeProvider clock)
    {
        context.Response.ContentType = "application/x-tar";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{BackupCommand.NameFor(clock.Now())}\"";
        await Backup.WriteAsync(store, context.Response.Body, clock.Now(), context.RequestAborted);
    }
}
