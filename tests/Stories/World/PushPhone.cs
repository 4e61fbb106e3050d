using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nines.Tests.Stories;

/// <summary>One notification that a phone was shown.</summary>
internal sealed record Notice(DateTimeOffset At, JsonElement Body, string Urgency, string Topic)
{
    public string Effect => Text("effect")!;

    public string Title => Text("title")!;

    public string Says => Text("body")!;

    public string? Acknowledge => Text("acknowledge");

    public bool Rings => Body.GetProperty("rings").GetBoolean();

    public string? Text(string name) => Body.GetProperty(name).GetString();
}

/// <summary>
/// A phone whose browser signed up for push, and its maker's push service on loopback: it decrypts as RFC 8291 says, tells
/// that a notification is there, and taps what its owner taps.
/// </summary>
internal sealed class PushPhone : IAsyncDisposable
{
    private const int SaltSize = 16;
    private const int PointSize = 65;
    private const int TagSize = 16;

    private readonly ConcurrentQueue<Notice> _notices = new();
    private readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);
    private readonly TimeProvider _clock;
    private WebApplication? _app;
    private int _told;

    private PushPhone(TimeProvider clock) => _clock = clock;

    /// <summary>Everything that was shown, oldest first.</summary>
    public IReadOnlyList<Notice> Notices => [.. _notices];

    /// <summary>The same without the greeting of a device that signs up.</summary>
    public IReadOnlyList<Notice> Pages => [.. _notices.Where(n => n.Title != "A test")];

    /// <summary>What the push service answers.</summary>
    public int Answer { get; set; } = StatusCodes.Status201Created;

    public static async Task<PushPhone> StartAsync(TimeProvider clock)
    {
        var phone = new PushPhone(clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        phone._app = builder.Build();
        phone._app.MapPost("/send/{id}", phone.TakeAsync);
        await phone._app.StartAsync();
        return phone;
    }

    /// <summary>Its owner allows notifications on it.</summary>
    public Task SignUpAsync(StoryWorld world, string person) => world.PostAsync("/api/v1/push/subscriptions", new
    {
        person,
        device = $"{person}'s phone",
        subscription = new
        {
            endpoint = _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + $"/send/{person}",
            keys = new { p256dh = Base64Url.EncodeToString(Point), auth = Base64Url.EncodeToString(_auth) },
        },
    });

    /// <summary>Time passes; as its service worker does, the phone says of each notification that it is there.</summary>
    public async Task PassAsync(StoryWorld world, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(10))
        {
            await world.PassAsync(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10));
            for (; _told < _notices.Count; _told++) await TellAsync(world, Notices[_told], "delivered", Notices[_told].Text("receipt"));
        }
    }

    /// <summary>The notification's button is pressed.</summary>
    public static Task<(int Status, string Body)> AcknowledgeAsync(StoryWorld world, Notice notice) => TellAsync(world, notice, "acknowledge", notice.Acknowledge);

    /// <summary>The worker says what became of a notification, with the token that came in it.</summary>
    public static Task<(int Status, string Body)> TellAsync(StoryWorld world, Notice notice, string what, string? token) =>
        world.SendAsync($"/in/push/{notice.Effect}/{what}", JsonSerializer.Serialize(new { token }));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _key.Dispose();
    }

    private byte[] Point => _key.ExportParameters(false).Q is var q ? [4, .. q.X!, .. q.Y!] : [];

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Response.StatusCode = Answer;
        if (Answer >= StatusCodes.Status300MultipleChoices) return;
        using var json = JsonDocument.Parse(Open(body.ToArray()));
        _notices.Enqueue(new(_clock.GetUtcNow(), json.RootElement.Clone(), http.Request.Headers["Urgency"].ToString(), http.Request.Headers["Topic"].ToString()));
    }

    /// <summary>RFC 8291: salt, record size, the sender's point, one record.</summary>
    private byte[] Open(byte[] body)
    {
        var point = body[(SaltSize + 5)..(SaltSize + 5 + PointSize)];
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        var mixed = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.DeriveRawSecretAgreement(theirs.PublicKey), 32, _auth, [.. "WebPush: info\0"u8, .. Point, .. point]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, mixed, 16, body[..SaltSize], Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, mixed, 12, body[..SaltSize], Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));
        var sealedText = body[(SaltSize + 5 + PointSize)..];
        var plain = new byte[sealedText.Length - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(nonce, sealedText.AsSpan(0, plain.Length), sealedText.AsSpan(plain.Length), plain);
        // What follows the text is padding: one mark, then zeros.
        return plain[..Array.LastIndexOf(plain, (byte)0x02)];
    }
}
