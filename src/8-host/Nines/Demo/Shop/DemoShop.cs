namespace Nines.Host.Demo;

/// <summary>
/// A small shop of five services that really call each other:
/// storefront → products → inventory, and storefront → checkout → inventory and payments.
/// </summary>
internal sealed class DemoShop : IAsyncDisposable
{
    /// <summary>The service that <c>--fault</c> breaks: its failures climb to checkout and to the storefront.</summary>
    public const string Breakable = "payments";

    /// <summary>The services, callers first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["storefront", "products", "checkout", "inventory", "payments"];

    private readonly Dictionary<string, ShopService> _services;

    /// <param name="ports">Sockets of an earlier run by service; a taken or missing one is replaced by a free one.</param>
    /// <param name="clock">The one clock.</param>
    public DemoShop(IReadOnlyDictionary<string, int> ports, TimeProvider clock)
    {
        _services = Names.ToDictionary(n => n, n => new ShopService(n, LoopbackHttp.FreeOr0(ports.GetValueOrDefault(n)), clock), StringComparer.Ordinal);
        Route("storefront", "/browse", ("products", "/items"));
        Route("storefront", "/buy", ("products", "/items"), ("checkout", "/orders"));
        Route("products", "/items", ("inventory", "/stock"));
        Route("checkout", "/orders", ("inventory", "/reserve"), ("payments", "/charge"));
        Route("inventory", "/stock");
        Route("inventory", "/reserve");
        Route("payments", "/charge");
    }

    public IEnumerable<ShopService> Services => Names.Select(n => _services[n]);

    public ShopService this[string name] => _services[name];

    /// <summary>True where the shop has such a service.</summary>
    public bool Has(string name) => _services.ContainsKey(name);

    public async Task StartAsync(CancellationToken stop)
    {
        foreach (var service in Services) await service.StartAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Services) await service.DisposeAsync();
    }

    private void Route(string service, string path, params (string Service, string Path)[] calls) =>
        _services[service].Routes[path] = () => [.. calls.Select(c => new Uri(_services[c.Service].Address, c.Path))];
}
