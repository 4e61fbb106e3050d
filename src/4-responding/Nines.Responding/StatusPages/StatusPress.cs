using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Notifications;
using Nines.Responding.StatusPages.Ui;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>One file of a page as it leaves the house, in every encoding, with its tag.</summary>
public sealed class PressedFile
{
    // Below this a compressed answer saves no packet.
    private const int WorthCompressing = 1_000;

    internal PressedFile(string type, byte[] plain)
    {
        (Type, Plain) = (type, plain);
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12))}\"";
        if (plain.Length < WorthCompressing) return;
        Brotli = Compress(plain, to => new BrotliStream(to, new BrotliCompressionOptions { Quality = 6 }, leaveOpen: true));
        Gzip = Compress(plain, to => new GZipStream(to, CompressionLevel.Optimal, leaveOpen: true));
    }

    /// <summary>Its content type.</summary>
    public string Type { get; }

    /// <summary>As it is.</summary>
    public byte[] Plain { get; }

    /// <summary>Brotli; null where it saves nothing.</summary>
    public byte[]? Brotli { get; }

    /// <summary>Gzip; null where it saves nothing.</summary>
    public byte[]? Gzip { get; }

    /// <summary>Its entity tag: another one only where another byte is.</summary>
    public string Tag { get; }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> through)
    {
        using var output = new MemoryStream(plain.Length / 4);
        using (var stream = through(output)) stream.Write(plain);
        return output.ToArray();
    }
}

/// <summary>A page at one moment; each of its files is drawn once, when it is asked for first.</summary>
public sealed class PressedSite(PublicView view, Instant fresh, PublicDrawing drawing)
{
    private readonly ConcurrentDictionary<(string Root, string Path, string Component), Lazy<Task<PressedFile?>>> _files = new();

    /// <summary>What it shows.</summary>
    public PublicView View { get; } = view;

    /// <summary>Until when what was measured is new enough.</summary>
    public Instant FreshUntil { get; } = fresh;

    /// <summary>A file; null where the page has none of that name.</summary>
    /// <param name="links">How the file refers to the others.</param>
    /// <param name="path">Its path below the page's address; empty for the page itself.</param>
    /// <param name="component">Key of the component to which it keeps, one of the page's; empty for everything.</param>
    public Task<PressedFile?> FileAsync(PublicLinks links, string path, string component = "") =>
        // What is drawn stays, what is not there must not: anybody may ask for any name.
        _files.TryGetValue((links.Root, path, component), out var known) ? known.Value
        : PublicDrawing.Has(View, path) ? _files.GetOrAdd((links.Root, path, component), _ => new(() => drawing.DrawAsync(component.Length > 0 ? View.Only(component) : View, links, path))).Value
        : Task.FromResult<PressedFile?>(null);
}

/// <summary>
/// Draws every public page once for each change and once a minute, and keeps the bytes: how many look costs nothing. What was
/// published is seen by whoever asks after the answer; what was measured may be a minute old.
/// </summary>
public sealed class StatusPress(
    IHouse house, CompiledManifests manifests, BarReading bars, PublicDrawing drawing, IOptions<NotificationsOptions> notifications, TimeProvider clock) : IDisposable
{
    private static readonly Duration Fresh = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<string, PressedSite> _sites = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _press = new(1);

    /// <summary>Where a page is read, without a slash at the end.</summary>
    public string AddressOf(StatusPage page) => page.Domain.Length > 0
        ? (notifications.Value.PublicUrl.StartsWith("http:", StringComparison.Ordinal) ? "http://" : "https://") + page.Domain
        : $"{notifications.Value.PublicUrl.TrimEnd('/')}/status/{page.Name}";

    /// <summary>Every page of the house.</summary>
    public IReadOnlyList<StatusPage> Pages => [.. manifests.For(house.State).Of<StatusPage>().OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>A page; null for none of that name.</summary>
    public StatusPage? Find(string name) => manifests.For(house.State).Find<StatusPage>(name);

    /// <summary>A page as it is now; null for none of that name.</summary>
    public ValueTask<PressedSite?> SiteAsync(string name, CancellationToken stop)
    {
        var state = house.State;
        if (manifests.For(state).Find<StatusPage>(name) is not { } page) return ValueTask.FromResult<PressedSite?>(null);
        if (!_sites.TryGetValue(name, out var site) || !SaysTheSame(site.View, page, state.Get<StatusBook>().Of(name))) return PressAsync(name, stop);
        // What was measured may be old for as long as one reader draws it anew; the others do not wait.
        return site.FreshUntil > clock.Now() || _press.CurrentCount == 0 ? ValueTask.FromResult<PressedSite?>(site) : PressAsync(name, stop);
    }

    /// <inheritdoc />
    public void Dispose() => _press.Dispose();

    private static bool SaysTheSame(PublicView view, StatusPage page, PublishedPage published) =>
        ReferenceEquals(view.Page, page) && ReferenceEquals(view.Published.Posts, published.Posts) && ReferenceEquals(view.Published.Maintenances, published.Maintenances);

    private async ValueTask<PressedSite?> PressAsync(string name, CancellationToken stop)
    {
        await _press.WaitAsync(stop);
        try
        {
            var (state, now) = (house.State, clock.Now());
            if (manifests.For(state).Find<StatusPage>(name) is not { } page) return null;
            var published = state.Get<StatusBook>().Of(name);
            if (_sites.TryGetValue(name, out var site) && SaysTheSame(site.View, page, published) && site.FreshUntil > now) return site;
            // Only what is shown: who is told is nobody's business out there.
            var shown = new PublishedPage { Posts = published.Posts, Maintenances = published.Maintenances };
            return _sites[name] = new(new(page, shown, bars.Of(page, shown, now), now, AddressOf(page)), now + Fresh, drawing);
        }
        finally
        {
            _press.Release();
        }
    }
}
