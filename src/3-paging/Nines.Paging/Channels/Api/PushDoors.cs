using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels.Push;
using Nines.Shell;

namespace Nines.Paging.Channels.Api;

/// <summary>How a browser signs up for push and off again, and how its service worker says what became of a message.</summary>
internal static class PushDoors
{
    // One person, all of their phones and desks.
    private const int MostDevices = 10;

    public static void Register(Registration room)
    {
        var proof = Permission.OwnProof("channels", "the signed receipt within the pushed message");
        room.Get("/api/v1/push/key", Permission.Read("channels"), KeyAsync);
        room.Post("/api/v1/push/subscriptions", Permission.Write("channels"), SubscribeAsync);
        room.Route("DELETE", "/api/v1/push/subscriptions/{id}", Permission.Write("channels"), EndAsync);
        room.Post("/in/push/{effect}/{what}", proof, ReceiveAsync);
    }

    private static async Task<IResult> KeyAsync(PushKeys keys, CancellationToken stop) => Results.Json(new { key = (await keys.GetAsync(stop)).PublicKey }, HouseJson.Options);

    private static async Task<IResult> SubscribeAsync(HttpContext http, SubscribeRequest asked, ChannelDesk desk, CompiledManifests manifests, IPersonKeys keys, CancellationToken stop)
    {
        var catalog = manifests.For(desk.House.State);
        var person = asked.Person is { } name ? catalog.Find<Person>(name) : catalog.Of<Person>().FirstOrDefault(p => p.Id == http.Caller().PersonId);
        if (person is null) return Answers.Refuse(Problem.NotFound($"There is no person \"{asked.Person}\" in the catalog.", catalog.DidYouMean<Person>(asked.Person ?? "") + "List them with \"nines get Person\".", "person"));
        // A device in somebody's hand is theirs; nobody hears another's pages over their own.
        if (http.Caller().PersonId is { } me && me != person.Id) return Answers.Refuse(new Problem(ProblemKind.Denied, $"This device is not {person.Name}'s.", $"Sign in as {person.Name} on their own device.", "person"));
        var address = new PushAddress(asked.Subscription.Endpoint, asked.Subscription.Keys.P256dh, asked.Subscription.Keys.Auth, asked.Device ?? "a browser");
        if (address.Problems() is { Count: > 0 } problems) return Answers.Refuse(problems);
        var key = await keys.GetOrCreateAsync(person.Id, stop);
        var hash = AddressHash.Of(key, ContactKinds.Push, address.Endpoint)!;
        var sealedText = PersonSeal.Seal(key, JsonSerializer.Serialize(address, HouseJson.Options));
        var decided = await desk.House.DecideAsync(http.Caller(), deciding => Decide(deciding, person, hash, sealedText, desk.PublicUrl), stop: stop);
        return decided.Outcome.Map(id => new { id, contact = "push-" + id[^6..] }).ToAnswer();
    }

    private static Outcome<string> Decide(Deciding deciding, Person person, string hash, string sealedText, string publicUrl)
    {
        var mine = deciding.State.Get<ChannelBook>().Devices.Values.Where(d => d.Person == person.Id).ToArray();
        // The browser signs up at each visit; it is still the same one.
        if (mine.FirstOrDefault(d => d.AddressHash == hash) is { } known) return known.Id;
        if (mine.Length >= MostDevices) return Problem.Conflict($"{person.Name} has {mine.Length} devices already.", "Remove one first.");
        var id = deciding.NewId();
        deciding.Write(ReceiptRule.StreamOfPerson(person.Id), new PushSubscribed(id, person.Id, sealedText, hash));
        // Tapping it proves that it is theirs.
        var contact = new Contact($"{person.Id}/push-{id[^6..]}", person.Id, ContactKinds.Push, "");
        foreach (var (stream, happened) in ContactVerification.Test(contact, deciding.NewId(), $"{publicUrl}/people/{Uri.EscapeDataString(person.Name)}/contacts", deciding.Now)) deciding.Write(stream, happened);
        return id;
    }

    private static async Task<IResult> EndAsync(HttpContext http, string id, ChannelDesk desk, CancellationToken stop)
    {
        var decided = await desk.House.DecideAsync(http.Caller(), deciding =>
        {
            if (!deciding.State.Get<ChannelBook>().Devices.TryGetValue(id, out var device)) return Problem.NotFound("There is no such device.", "List them with \"nines contact list\".");
            deciding.Write(ReceiptRule.StreamOfPerson(device.Person), new PushEnded(id, device.Person, "It was signed off."));
            return Outcome<string>.Of(id);
        }, stop: stop);
        return decided.Outcome.Ok ? Results.NoContent() : Answers.Refuse(decided.Outcome.Problems);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, string effect, string what, SignedLinks links, AnswerDesk answers, ChannelDesk desk, CancellationToken stop)
    {
        var (bytes, refused) = await ProviderBody.ReadAsync(http);
        if (refused is not null) return refused;
        if (what is not ("delivered" or "seen" or "acknowledge")) return Answers.Refuse(Problem.NotFound("There is no such receipt."));
        var purpose = what == "acknowledge" ? PushNotice.AcknowledgePurpose : PushNotice.ReceiptPurpose;
        if (links.Check(purpose, effect, Token(bytes), desk.Now) is { Ok: false } forged) return Answers.Refuse(forged.Problems);
        switch (what)
        {
            case "delivered":
                await answers.ReceiveAsync("push", effect, ProofStage.Delivered, false, "The device has it.", stop);
                break;
            case "seen":
                await answers.ReceiveAsync("push", effect, ProofStage.Seen, false, "It was tapped.", stop);
                break;
            default:
                await answers.ReceiveAsync("push", effect, ProofStage.Seen, false, "It was tapped.", stop);
                await answers.AnswerAsync(effect, ContactAnswer.Acknowledge, null, stop);
                break;
        }

        return Results.NoContent();
    }

    private static string? Token(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement? root = document.RootElement;
            return root.Text("token");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal sealed record SubscribeRequest(SubscriptionBody Subscription, string? Person = null, string? Device = null);

    internal sealed record SubscriptionBody(string Endpoint, SubscriptionKeys Keys);

    internal sealed record SubscriptionKeys(string P256dh, string Auth);
}
