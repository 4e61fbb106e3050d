using Microsoft.Extensions.Options;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Manifests;

/// <summary>Takes the watched folder before anything is served, so that the house never answers without it.</summary>
internal sealed class FirstLook(WatchFolderDuty duty, IOptions<ManifestsOptions> options, TimeProvider clock) : IRoomLife
{
    public Task StartAsync(CancellationToken stop) => options.Value.Folder is null ? Task.CompletedTask : duty.LookAsync(clock.Now(), stop);

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;
}
