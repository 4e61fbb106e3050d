using System.Net.Http.Headers;
using System.Text.Json;
using Nines.Catalog;
using Nines.Kernel;

namespace Nines.Paging.Channels.Pagers;

/// <summary>PagerDuty, by the integration key of a service.</summary>
internal sealed class PagerDutySender(ChannelDesk desk) : ChannelSender(desk)
{
    public override string Kind => ContactKinds.PagerDuty;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        if (envelope.Secret is not { } key) return new(SendVerdict.Refused, "The contact has no integration key: write secret: env:NAME.");
        using var request = ChannelDesk.Post(envelope.Contact.Address.TrimEnd('/') + "/v2/enqueue", PagerDutyEvent.Body(envelope.Message, envelope.Id, key));
        var reply = await Desk.CallAsync(request, stop);
        var json = reply.Json();
        if (reply.Ok) return json.Text("status") == "success" ? reply.Judge(Desk.Now) : ProviderReply.NotTheProvider("PagerDuty", reply.Status);
        var errors = json.Below("errors") is { ValueKind: JsonValueKind.Array } list ? string.Join(", ", list.EnumerateArray().Take(3).Select(e => e.ToString())) : "";
        return reply.Judge(Desk.Now, $"{json.Text("message")} {errors}");
    }
}

/// <summary>Opsgenie, by the key of an API integration.</summary>
internal sealed class OpsgenieSender(ChannelDesk desk) : ChannelSender(desk)
{
    public override string Kind => ContactKinds.Opsgenie;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        if (envelope.Secret is not { } key) return new(SendVerdict.Refused, "The contact has no API key: write secret: env:NAME.");
        var (path, body) = OpsgenieAlert.Call(envelope.Message, envelope.Id);
        using var request = ChannelDesk.Post(envelope.Contact.Address.TrimEnd('/') + path, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("GenieKey", key);
        var reply = await Desk.CallAsync(request, stop);
        var json = reply.Json();
        if (reply.Ok) return json.Text("requestId") is not null ? reply.Judge(Desk.Now) : ProviderReply.NotTheProvider("Opsgenie", reply.Status);
        return reply.Judge(Desk.Now, json.Text("message"));
    }
}

/// <summary>A topic of an ntfy server.</summary>
internal sealed class NtfySender(ChannelDesk desk) : ChannelSender(desk)
{
    public override string Kind => ContactKinds.Ntfy;

    protected override async Task<SendOutcome> SendAsync(Envelope envelope, CancellationToken stop)
    {
        var address = new Uri(envelope.Contact.Address);
        using var request = ChannelDesk.Post(address.GetLeftPart(UriPartial.Authority) + "/", NtfyMessage.Body(envelope.Message, Uri.UnescapeDataString(address.AbsolutePath.Trim('/'))));
        if (envelope.Secret is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var reply = await Desk.CallAsync(request, stop);
        var json = reply.Json();
        if (reply.Ok) return json.Text("id") is not null ? reply.Judge(Desk.Now) : ProviderReply.NotTheProvider("ntfy", reply.Status);
        return reply.Judge(Desk.Now, json.Text("error"));
    }
}
