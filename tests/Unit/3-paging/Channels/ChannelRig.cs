using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nines.Host;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Storage;
using Nines.Tests.Stories;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>The whole server in memory without duties, one person, and a provider on loopback: senders and doors as they are.</summary>
public sealed class ChannelRig : IAsyncDisposable
{
    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("nines-channels-");
    private NinesHost _host = null!;

    public const string TwilioToken = "12345";
    public const string SlackSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    public ProviderDouble Provider { get; } = new();

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public StoryClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero));

    public IHouse House => _host.Services.GetRequiredService<IHouse>();

    public IServiceProvider Services => _host.Services;

    public ChannelBook Book => House.State.Get<ChannelBook>();

    public Uri Address => _host.Address;

    /// <summary>The address that providers are given: not the one that the test listens on.</summary>
    public string PublicUrl { get; private init; } = "https://nines.example.com";

    public static async Task<ChannelRig> StartAsync(string publicUrl = "https://nines.example.com", string contacts = "")
    {
        var rig = new ChannelRig { PublicUrl = publicUrl };
        var settings = new Dictionary<string, string?>
        {
            ["notifications:publicUrl"] = publicUrl,
            ["channels:twilioAccount"] = "AC1",
            ["channels:twilioToken"] = rig.Secret("twilio", TwilioToken),
            ["channels:twilioFrom"] = "+15550001111",
            ["channels:twilioUrl"] = rig.Provider.Url,
            ["channels:slackToken"] = rig.Secret("slack", "xoxb-1"),
            ["channels:slackSigningSecret"] = rig.Secret("signing", SlackSecret),
            ["channels:slackUrl"] = rig.Provider.Url + "/api",
        };
        rig._host = NinesHost.Build(new HostOptions { Listen = new("http://127.0.0.1:0"), Open = true, Log = false, Settings = settings }, rig.Clock, Store.InMemory(), services => services.RemoveAll<Duty>());
        await rig._host.StartAsync();
        await rig.ApplyAsync(contacts.Length > 0 ? contacts : rig.Everything);
        return rig;
    }

    /// <summary>One contact of each kind that a manifest may write.</summary>
    public string Everything => $$"""
        - { kind: webhook, to: "{{Provider.Url}}/hook", secret: "{{Secret("hook", "k")}}" }
        - { kind: sms, to: "+49 151 1234567" }
        - { kind: voice, to: "+49 151 1234567" }
        - { kind: slack, to: U2CERLKJA }
        - { kind: teams, secret: "{{Secret("teams", Provider.Url + "/workflows/1?sig=verysecretthing")}}" }
        - { kind: mattermost, secret: "{{Secret("mattermost", Provider.Url + "/hooks/verysecretthing")}}" }
        - { kind: discord, secret: "{{Secret("discord", Provider.Url + "/api/webhooks/1/verysecretthing")}}" }
        - { kind: pagerduty, to: "{{Provider.Url}}", secret: "{{Secret("pagerduty", "verysecretroutingkey")}}" }
        - { kind: opsgenie, to: "{{Provider.Url}}", secret: "{{Secret("opsgenie", "verysecretgeniekey")}}" }
        - { kind: ntfy, to: "{{Provider.Url}}/topic-1", secret: "{{Secret("ntfy", "tk_verysecret")}}" }
        """;

    public string Secret(string name, string value)
    {
        var file = Path.Combine(_secrets.FullName, name);
        File.WriteAllText(file, value + "\n");
        return "file:" + file;
    }

    public async Task ApplyAsync(string contacts, string person = "alice")
    {
        using var body = new StringContent($"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: {person} }}\nspec:\n  contacts:\n{string.Join('\n', contacts.Split('\n').Select(l => "    " + l))}\n", System.Text.Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(new Uri(_host.Address, "/api/v1/manifests"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Contact Contact(string name, string person = "alice") => Services.GetRequiredService<IContactBook>().Of(House.State, person).Single(c => c.ShortName == name);

    /// <summary>A message is intended, as a page does it.</summary>
    public async Task<Delivery> IntendAsync(string contact, ChannelMessage? message = null, string page = "01jd0000000000000000000002", string person = "alice")
    {
        var to = Contact(contact, person);
        var payload = JsonSerializer.SerializeToElement(message ?? Messages.Ordinary(), HouseJson.Options);
        var id = (await House.DecideAsync(Actor.Local, deciding =>
        {
            var effect = deciding.NewId();
            deciding.Write(Outbox.StreamOf(effect), new OutboxIntended(effect, to.Kind, to.Name, $"page/{page}", payload, null, Duration.FromMinutes(15)));
            return Outcome<string>.Of(effect);
        })).Outcome.Value;
        return new(id, to.Kind, to.Name, $"page/{page}", payload, 1);
    }

    public Task<SendOutcome> SendAsync(Delivery delivery, CancellationToken stop = default) =>
        Services.GetServices<IOutboxSender>().Single(s => s.Kind == delivery.Kind).SendAsync(delivery, stop);

    /// <summary>Sends, and writes the outcome as the outbox does.</summary>
    public async Task<SendOutcome> SettleAsync(Delivery delivery)
    {
        var outcome = await SendAsync(delivery);
        await House.DecideAsync(Actor.Local, deciding =>
        {
            foreach (var happened in OutboxOutcome.Decide(deciding.State.Get<Outbox>(), delivery.Id, deciding.State.Get<Outbox>().Pending[delivery.Id].Attempts + 1, outcome, Duration.Zero, deciding.Now))
                deciding.Write(Outbox.StreamOf(delivery.Id), happened);
            return Outcome<bool>.Of(true);
        });
        return outcome;
    }

    public async Task<(int Status, string Text)> PostAsync(string path, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_host.Address, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Everything that was written of one type.</summary>
    public async Task<IReadOnlyList<T>> EventsAsync<T>() where T : class
    {
        var (journal, events) = (Services.GetRequiredService<IJournal>(), Services.GetRequiredService<EventCatalog>());
        var found = new List<T>();
        await foreach (var entry in journal.ReadAsync(0, CancellationToken.None))
            if (events.Read(entry.Type, entry.Data) is T happened) found.Add(happened);
        return found;
    }

    /// <summary>One rig for a whole class: each test takes it hours later and with a provider that is well again.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        private ChannelRig _rig = null!;

        public async Task InitializeAsync() => _rig = await StartAsync();

        public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

        public ChannelRig Fresh()
        {
            _rig.Clock.Advance(TimeSpan.FromHours(4));
            _rig.Provider.Calls.Clear();
            _rig.Provider.Hangs = false;
            _rig.Provider.Answer = _ => ProviderDouble.Http(200, "{}");
            return _rig;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
        Provider.Dispose();
        _secrets.Delete(recursive: true);
    }
}
