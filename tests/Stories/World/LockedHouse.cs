using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Access;
using Nines.Host;
using Nines.Kernel;
using Nines.Storage;

namespace Nines.Tests.Stories;

/// <summary>A server that asks who one is, on a clock that only the story moves, and browsers that knock at it.</summary>
internal sealed class LockedHouse : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly Store _store;
    private readonly Dictionary<string, string?> _settings = [];
    private NinesHost _host = null!;

    private LockedHouse(Store store) => _store = store;

    public StoryClock Clock { get; } = new(new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));

    public Uri Address => _host.Address;

    public IServiceProvider Services => _host.Services;

    public AccessState State => Services.GetRequiredService<IHouse>().State.Get<AccessState>();

    public string? SetupToken => Services.GetRequiredService<SetupToken>().Now;

    public static async Task<LockedHouse> OpenAsync(params (string Key, string Value)[] settings)
    {
        var house = new LockedHouse(Store.InMemory());
        foreach (var (key, value) in settings) house._settings[key] = value;
        await house.StartAsync(recover: false);
        return house;
    }

    /// <summary>A house in which Ada has an account.</summary>
    public static async Task<LockedHouse> WithAdaAsync(params (string Key, string Value)[] settings)
    {
        var house = await OpenAsync(settings);
        using var ada = house.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.SetUpAsync("ada", Password)).StatusCode);
        return house;
    }

    public Browser Browser(string? cookies = null) => new(this, cookies);

    public async Task RestartAsync(bool recover = false)
    {
        var old = new Store(_store.Journal, _store.Signals, new MemoryLeases(), _store.Keys, () => ValueTask.CompletedTask);
        await _host.DisposeAsync();
        await StartAsync(recover, old);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task StartAsync(bool recover, Store? store = null)
    {
        store ??= new Store(_store.Journal, _store.Signals, new MemoryLeases(), _store.Keys, () => ValueTask.CompletedTask);
        _host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = false, Recover = recover, Log = false, Settings = _settings }, Clock, store);
        await _host.StartAsync();
    }
}

/// <summary>A browser as far as access goes: it keeps cookies and says what it wants.</summary>
internal sealed class Browser : IDisposable
{
    private readonly LockedHouse _house;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    public Browser(LockedHouse house, string? cookies) => (_house, Cookie) = (house, cookies);

    /// <summary>What it would send.</summary>
    public string? Cookie { get; private set; }

    public string? Token { get; set; }

    public Task<HttpResponseMessage> GetAsync(string path, bool page = true) => SendAsync(new(HttpMethod.Get, path), page);

    public Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)) }, page: true);

    public Task<HttpResponseMessage> JsonAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(new(method, path) { Content = body is null ? null : JsonContent.Create(body) }, page: false);

    public Task<HttpResponseMessage> SetUpAsync(string name, string password, string? token = null) =>
        FormAsync("/setup", ("token", token ?? _house.SetupToken ?? ""), ("name", name), ("displayName", "Ada Lovelace"), ("email", "ada@example.com"), ("password", password));

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string next = "/") => FormAsync("/sign-in", ("name", name), ("password", password), ("next", next));

    public async Task<string> MakeTokenAsync(string name, string scopes, string expires = "")
    {
        using var answer = await JsonAsync(HttpMethod.Post, "/api/v1/access/tokens", new { name, scopes, expires });
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, made.ToString());
        return made.GetProperty("token").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool page)
    {
        request.RequestUri = new Uri(_house.Address, request.RequestUri!);
        if (page) request.Headers.Accept.ParseAdd("text/html");
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        if (Token is not null) request.Headers.Authorization = new("Bearer", Token);
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set)) Cookie = set.First().Split(';')[0];
        return answer;
    }
}
