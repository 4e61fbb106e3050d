using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nines.Kernel;
using Nines.Paging.Channels;
using Xunit;

namespace Nines.Tests.Unit.Paging.Channels;

/// <summary>A contact is proven before it counts: the code goes through the channel and comes back.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private ChannelRig _rig = null!;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.StartAsync();
        _rig.Provider.Answer = _ => ProviderDouble.Http(201, """{"sid":"SM1","status":"queued"}""");
    }

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    private Task<(int Status, string Text)> Post(string path, string json = "{}") => _rig.PostAsync("/api/v1/contacts/" + path, new StringContent(json, Encoding.UTF8, "application/json"));

    private Task<(int Status, string Text)> Try(string code) => Post("alice/sms/verify", $$"""{"code":"{{code}}"}""");

    private async Task<string> CodeAsync()
    {
        var (status, text) = await Post("alice/sms/send-code");
        Assert.True(status == 200, text);
        using var answer = JsonDocument.Parse(text);
        var pending = _rig.House.State.Get<Outbox>().Pending[answer.RootElement.GetProperty("delivery").GetString()!];
        await _rig.SettleAsync(new(pending.Id, pending.Kind, pending.Target, pending.About, pending.Payload, 1));
        var said = _rig.Provider.Calls.Last().Form("Body");
        Assert.Matches("^Nines: your code is [0-9]{6}\\. It counts for 10 minutes\\.$", said);
        return said["Nines: your code is ".Length..][..6];
    }

    [Fact]
    public async Task Verify_TheCodeThatArrived_ProvesTheContactUntilItsAddressChanges()
    {
        var code = await CodeAsync();
        await foreach (var entry in _rig.Services.GetRequiredService<IJournal>().ReadAsync(0, default)) Assert.DoesNotContain(code, Encoding.UTF8.GetString(entry.Data.Span), StringComparison.Ordinal);
        Assert.False(_rig.Contact("sms").Verified);
        Assert.Equal(200, (await Try($" {code[..3]} {code[3..]} ")).Status);
        Assert.True(_rig.Contact("sms").Verified);
        Assert.Equal(409, (await Post("alice/sms/send-code")).Status);
        await _rig.ApplyAsync("- { kind: sms, to: \"+49 151 7654321\" }");
        Assert.False(_rig.Contact("sms").Verified);
        await _rig.ApplyAsync("- { kind: sms, to: \"+491511234567\" }");
        Assert.True(_rig.Contact("sms").Verified);
    }

    [Fact]
    public async Task Verify_FiveWrongTries_EndTheCode()
    {
        var code = await CodeAsync();
        var wrong = code == "000000" ? "000001" : "000000";
        for (var left = 4; left >= 0; left--)
        {
            var (status, text) = await Try(wrong);
            Assert.Equal(422, status);
            Assert.Contains(left == 0 ? "It has ended: send a new one." : $"Look again: {left} ", text, StringComparison.Ordinal);
        }

        var (ended, why) = await Try(code);
        Assert.Equal(409, ended);
        Assert.Contains("This code ended after 5 wrong tries.", why, StringComparison.Ordinal);
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await Try(await CodeAsync())).Status);
    }

    [Fact]
    public async Task Verify_AfterTenMinutes_TheCodeIsTooOld()
    {
        var code = await CodeAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("This code is older than 10 minutes.", (await Try(code)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendCode_TooOften_IsRefused()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await Post("alice/sms/send-code")).Status);
            Assert.Contains("A code was sent less than a minute ago.", (await Post("alice/sms/send-code")).Text, StringComparison.Ordinal);
            _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Contains("5 codes were sent in the last hour.", (await Post("alice/sms/send-code")).Text, StringComparison.Ordinal);
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await Post("alice/sms/send-code")).Status);
    }

    [Fact]
    public async Task SendCode_NoSuchPersonOrContact_SaysWhatIsMeant()
    {
        Assert.Contains("Did you mean \\\"alice\\\"?", (await Post("alica/sms/send-code")).Text, StringComparison.Ordinal);
        Assert.Contains("Did you mean \\\"voice\\\"?", (await Post("alice/voic/send-code")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Contacts_ShowsEnoughToKnowThemByAndNoWholeAddress()
    {
        using var answer = await _rig.Http.GetAsync(new Uri(_rig.Address, "/api/v1/contacts/alice"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("+49 … 567", text, StringComparison.Ordinal);
        foreach (var hidden in (string[])["1511234567", "verysecret"]) Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OneContact_SaysWhatBecameOfIt()
    {
        var (status, text) = await Post("alice/webhook/test");
        Assert.Equal(200, status);
        using var started = JsonDocument.Parse(text);
        var id = started.RootElement.GetProperty("delivery").GetString()!;
        var pending = _rig.House.State.Get<Outbox>().Pending[id];
        _rig.Provider.Answer = _ => ProviderDouble.Http(204, "");
        await _rig.SettleAsync(new(pending.Id, pending.Kind, pending.Target, pending.About, pending.Payload, 1));
        using var asked = await _rig.Http.GetAsync(new Uri(_rig.Address, $"/api/v1/contacts/deliveries/{id}"));
        using var view = JsonDocument.Parse(await asked.Content.ReadAsStringAsync());
        Assert.Equal(("accepted", "accepted", 1), (view.RootElement.GetProperty("state").GetString(), view.RootElement.GetProperty("stage").GetString(), view.RootElement.GetProperty("attempts").GetInt32()));
        Assert.Equal(404, (int)(await _rig.Http.GetAsync(new Uri(_rig.Address, "/api/v1/contacts/deliveries/x"))).StatusCode);
    }

    [Fact]
    public async Task Snapshot_OfEverything_ComesBackTheSame()
    {
        await CodeAsync();
        await _rig.SettleAsync(await _rig.IntendAsync("webhook"));
        var fold = new ChannelBookFold();
        Assert.Equal(fold.Save(_rig.Book).ToArray(), fold.Save(fold.Load(fold.Save(_rig.Book))).ToArray());
    }
}
