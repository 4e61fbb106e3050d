using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Alerting.Alertmanager.Api;

/// <summary>Looks at the watched folder of manifests when a caller asks for it (<c>POST /-/reload</c>).</summary>
internal sealed class ManifestFolder(WatchFolderDuty duty, IOptions<ManifestsOptions> options, TimeProvider clock)
{
    public Task LookAsync(CancellationToken stop) => options.Value.Folder is null ? Task.CompletedTask : duty.LookAsync(clock.Now(), stop);
}
