using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nines.Paging.Channels.Twilio;

namespace Nines.Tests.Stories;

/// <summary>One text message or call that the telephone company was asked for.</summary>
internal sealed record Ring(DateTimeOffset At, string To, string Text, string AskAt, string TellAt);

/// <summary>A telephone company on loopback that speaks Twilio's API: it remembers what it was asked for and calls back as the story says, signed.</summary>
internal sealed class Telephone : IAsyncDisposable
{
    private const string Token = "the token of the telephone company";
    private const string PublicUrl = "http://127.0.0.1:7070";

    private readonly ConcurrentQueue<Ring> _texts = new();
    private readonly ConcurrentQueue<Ring> _calls = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("nines-telephone").FullName;
    private WebApplication? _app;
    private TimeProvider _clock = TimeProvider.System;

    public IReadOnlyList<Ring> Texts => [.. _texts];

    public IReadOnlyList<Ring> Calls => [.. _calls];

    public (string, string)[] Settings =>
    [
        ("notifications:publicUrl", PublicUrl), ("channels:twilioAccount", "AC1"), ("channels:twilioToken", "file:" + Path.Combine(_folder, "token")),
        ("channels:twilioFrom", "+15550001111"), ("channels:twilioUrl", _app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
    ];

    public static async Task<Telephone> StartAsync()
    {
        var telephone = new Telephone();
        await File.WriteAllTextAsync(Path.Combine(telephone._folder, "token"), Token + "\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        telephone._app = builder.Build();
        telephone._app.MapPost("/2010-04-01/Accounts/AC1/Messages.json", (Delegate)((HttpContext http) => telephone.TakeAsync(http, telephone._texts)));
        telephone._app.MapPost("/2010-04-01/Accounts/AC1/Calls.json", (Delegate)((HttpContext http) => telephone.TakeAsync(http, telephone._calls)));
        await telephone._app.StartAsync();
        return telephone;
    }

    /// <summary>Times are those of the story.</summary>
    public void On(TimeProvider clock) => _clock = clock;

    /// <summary>A person with a mobile number for texts, calls, or both.</summary>
    public static string Manifest(string name, params string[] kinds) =>
        $"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec: {{ contacts: [{string.Join(", ", kinds.Select(k => $"{{ kind: {k}, to: \"+49 151 1234567\" }}"))}] }}\n";

    /// <summary>Somebody, or something, picks up: what the call says to them.</summary>
    public static Task<XElement> PickUpAsync(StoryWorld world, Ring call, string answeredBy) => BackAsync(world, new Uri(call.AskAt).AbsolutePath, ("AnsweredBy", answeredBy));

    /// <summary>They press a key where they were asked for one.</summary>
    public static Task<XElement> PressAsync(StoryWorld world, XElement said, string key) =>
        BackAsync(world, new Uri(said.Descendants("Gather").First().Attribute("action")!.Value).AbsolutePath, ("Digits", key));

    /// <summary>They write back.</summary>
    public static Task<XElement> WriteAsync(StoryWorld world, string text) => BackAsync(world, "/in/twilio/sms", ("From", "+491511234567"), ("Body", text));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<XElement> BackAsync(StoryWorld world, string path, params (string Name, string Value)[] form)
    {
        var fields = form.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToArray();
        return XElement.Parse(await world.PostFormAsync(path, fields, TwilioSignature.Header, TwilioSignature.Sign(Token, PublicUrl + path, fields)));
    }

    private async Task<IResult> TakeAsync(HttpContext http, ConcurrentQueue<Ring> to)
    {
        var form = await http.Request.ReadFormAsync();
        to.Enqueue(new(_clock.GetUtcNow(), form["To"].ToString(), form["Body"].ToString(), form["Url"].ToString(), form["StatusCallback"].ToString()));
        return Results.Json(new { sid = $"S{to.Count}", status = "queued" }, statusCode: StatusCodes.Status201Created);
    }
}
