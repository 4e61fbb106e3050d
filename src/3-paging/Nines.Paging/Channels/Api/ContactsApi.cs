using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Paging.Channels.Api;

/// <summary>Contacts over HTTP: which there are, whether they are proven, and how to prove them.</summary>
internal static class ContactsApi
{
    public static IReadOnlyList<Column<ContactView>> Columns { get; } =
    [
        new("person", "Person", c => c.Person), new("contact", "Contact", c => c.Contact), new("kind", "Kind", c => c.Kind), new("address", "Address", c => c.Address),
        new("verified", "Verified", c => c.Verified ? "yes" : "no"), new("rings", "Wakes", c => c.Rings ? "yes" : "no"), new("proves", "Proves", c => c.Proves),
    ];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("channels"), Permission.Write("channels"));
        room.Get("/api/v1/contacts", read, (HttpRequest request, ContactDesk contacts) => List(request, contacts, null));
        room.Get("/api/v1/contacts/{person}", read, (HttpRequest request, string person, ContactDesk contacts) => List(request, contacts, person));
        room.Get("/api/v1/contacts/deliveries/{id}", read, Delivery);
        room.Post("/api/v1/contacts/{person}/{contact}/send-code", write, SendCodeAsync);
        room.Post("/api/v1/contacts/{person}/{contact}/verify", write, VerifyAsync);
        room.Post("/api/v1/contacts/{person}/{contact}/test", write, TestAsync);
    }

    private static IResult List(HttpRequest request, ContactDesk contacts, string? person) =>
        contacts.List(person) is { Ok: true } found ? TableExport.List(request, found.Value, Columns, "contacts") : Answers.Refuse(contacts.List(person).Problems);

    private static IResult Delivery(string id, IHouse house) => DeliveryView.Of(house.State, id) is { } view
        ? Results.Json(view, HouseJson.Options)
        : Answers.Refuse(Problem.NotFound($"There is no delivery {id} that is still known.", "Look at its page, or at \"nines page list\"."));

    private static async Task<IResult> SendCodeAsync(HttpContext http, string person, string contact, ContactDesk contacts, CancellationToken stop) =>
        (await contacts.SendCodeAsync(http.Caller(), person, contact, stop)).Map(id => new DeliveryStarted(id)).ToAnswer();

    private static async Task<IResult> TestAsync(HttpContext http, string person, string contact, ContactDesk contacts, CancellationToken stop) =>
        (await contacts.TestAsync(http.Caller(), person, contact, stop)).Map(id => new DeliveryStarted(id)).ToAnswer();

    private static async Task<IResult> VerifyAsync(HttpContext http, string person, string contact, VerifyRequest asked, ContactDesk contacts, CancellationToken stop)
    {
        var tried = await contacts.VerifyAsync(http.Caller(), person, contact, asked.Code, stop);
        if (!tried.Ok) return Answers.Refuse(tried.Problems);
        var all = contacts.List(person);
        return all.Ok ? Results.Json(all.Value.First(c => c.Contact == contact), HouseJson.Options) : Answers.Refuse(all.Problems);
    }

    internal sealed record VerifyRequest(string Code);

    internal sealed record DeliveryStarted(string Delivery);
}
