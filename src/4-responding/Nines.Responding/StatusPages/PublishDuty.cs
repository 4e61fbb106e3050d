using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Writes every public page into the folder of the settings at each change, and now and then for what was measured.</summary>
internal sealed partial class PublishDuty(IHouse house, CompiledManifests manifests, StaticSite site, IOptions<StatusPagesOptions> options, ILogger<PublishDuty> log) : Duty
{
    private static readonly Duration Every = Duration.FromMinutes(5);

    private object? _book;
    private object? _manifests;
    private Instant _next = Instant.MinValue;

    /// <inheritdoc />
    public override string Name => "statuspages.publish";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state) =>
        options.Value.PublishTo.Length == 0 ? null
        : !ReferenceEquals(_book, state.Get<StatusBook>()) || !ReferenceEquals(_manifests, manifests.For(state)) ? Instant.MinValue
        : _next;

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        var state = house.State;
        foreach (var page in manifests.For(state).Of<StatusPage>())
        {
            var folder = Path.Combine(options.Value.PublishTo, page.Name);
            // What became private must not stay behind.
            if (page.Private && !Directory.Exists(folder)) continue;
            var files = page.Private ? [] : await site.FilesAsync(page.Name, stop) ?? [];
            LogWritten(log, page.Name, await StaticFolder.WriteAsync(folder, files, stop));
        }

        (_book, _manifests, _next) = (state.Get<StatusBook>(), manifests.For(state), now + Every);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Status page {Page}: {Count} files were written")]
    private static partial void LogWritten(ILogger log, string page, int count);
}
