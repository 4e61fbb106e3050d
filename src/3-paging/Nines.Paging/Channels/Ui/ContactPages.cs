using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels.Api;
using Nines.Paging.Channels.Push;
using Nines.Shell;
using Nines.Shell.Assets;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Paging.Channels.Ui;

/// <summary>One person in the list.</summary>
/// <param name="Name">The handle.</param>
/// <param name="Title">What people call them.</param>
/// <param name="Contacts">How many contacts.</param>
/// <param name="Verified">How many of them are proven.</param>
/// <param name="Woken">By which kinds that are proven; words where by none.</param>
/// <param name="Wakes">True where something proven wakes them.</param>
public sealed record PersonReach(string Name, string Title, int Contacts, int Verified, string Woken, bool Wakes)
{
    /// <summary>The state beside it.</summary>
    public StateWord Word => Wakes ? new("good", "ok", "Reachable") : Contacts > 0 ? new("warn", "warn", "Unproven") : new("crit", "crit", "Unreachable");
}

/// <summary>The room's pages: who can be reached, and each person's contacts with a test and a proof.</summary>
internal static class ContactPages
{
    private static readonly IReadOnlyList<Column<PersonReach>> Columns =
    [
        new("name", "Person", p => p.Name), new("title", "Name", p => p.Title), new("reach", "Woken by", p => p.Woken),
        new("contacts", "Contacts", p => (double)p.Contacts), new("verified", "Verified", p => (double)p.Verified),
    ];

    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("channels"), Permission.Write("channels"));
        room.Services.AddSingleton(new LoopPlace(Loop.Page, "People", "/people", "phone", Order: 30));
        room.Fill<IPaletteSource, ContactPalette>();
        room.Get("/people", read, (HttpContext http, ContactDesk contacts, CompiledManifests manifests, IHouse house) => List(http, Reach(contacts, manifests, house)));
        room.Get("/people.csv", read, (HttpContext http, ContactDesk contacts, CompiledManifests manifests, IHouse house) => TableExport.Csv(Found(http, Reach(contacts, manifests, house)).Rows, Columns, "people"));
        room.Get("/people.json", read, (HttpContext http, ContactDesk contacts, CompiledManifests manifests, IHouse house) => TableExport.Json(Found(http, Reach(contacts, manifests, house)).Rows, Columns));
        room.Get("/people/{person}/contacts", read, ShowAsync);
        room.Post("/people/{person}/contacts/{contact}/{what}", write, DoAsync);
    }

    private static PageResult<PeoplePage> List(HttpContext http, IReadOnlyList<PersonReach> all) =>
        new(new Dictionary<string, object?> { ["All"] = all, ["Table"] = Found(http, all), ["Query"] = TableQuery.Of(http.Request) });

    private static TableRows<PersonReach> Found(HttpContext http, IReadOnlyList<PersonReach> all) => TableRules.Apply(all, Columns, TableQuery.Of(http.Request));

    private static PersonReach[] Reach(ContactDesk contacts, CompiledManifests manifests, IHouse house)
    {
        var all = contacts.List(null).Value.ToLookup(c => c.Person, StringComparer.Ordinal);
        return [.. manifests.For(house.State).Of<Person>().Select(p => Reach(p, [.. all[p.Name]]))];
    }

    private static PersonReach Reach(Person person, ContactView[] contacts)
    {
        string[] wakes = [.. contacts.Where(c => c is { Verified: true, Rings: true }).Select(c => c.Kind).Distinct(StringComparer.Ordinal)];
        return new(person.Name, person.DisplayName, contacts.Length, contacts.Count(c => c.Verified), wakes.Length > 0 ? string.Join(", ", wakes) : "nothing proven", wakes.Length > 0);
    }

    private static Task<IResult> ShowAsync(HttpContext http, string person, ContactDesk contacts, PushKeys keys, IHouse house, CancellationToken stop)
    {
        var test = http.Request.Query["test"].ToString();
        var done = http.Request.Query["done"].ToString() switch
        {
            "code" => "A code is on its way. Write it below; it counts for 10 minutes.",
            "verified" => "It is verified: pages may go there.",
            "removed" => "The device takes no pages any more.",
            _ => "",
        };
        return PageAsync(http, person, contacts, keys, [], test.Length > 0 ? DeliveryView.Of(house.State, test) : null, done, stop);
    }

    private static async Task<IResult> DoAsync(HttpContext http, string person, string contact, string what, ContactDesk contacts, PushKeys keys, CancellationToken stop)
    {
        var actor = http.Caller();
        var (problems, next) = what switch
        {
            "test" => Of(await contacts.TestAsync(actor, person, contact, stop), id => "test=" + id),
            "send-code" => Of(await contacts.SendCodeAsync(actor, person, contact, stop), _ => "done=code"),
            "verify" => Of(await contacts.VerifyAsync(actor, person, contact, (await http.Request.ReadFormAsync(stop))["code"].ToString(), stop), _ => "done=verified"),
            "remove" => Of(await contacts.RemoveAsync(actor, person, contact, stop), _ => "done=removed"),
            _ => ([Problem.NotFound($"Nothing here is called \"{what}\".")], ""),
        };
        return problems.Count > 0
            ? await PageAsync(http, person, contacts, keys, problems, null, "", stop)
            : Results.Redirect($"/people/{Uri.EscapeDataString(person)}/contacts?{next}");
    }

    private static (IReadOnlyList<Problem> Problems, string Next) Of<T>(Outcome<T> outcome, Func<T, string> next) => outcome.Ok ? ([], next(outcome.Value)) : (outcome.Problems, "");

    private static async Task<IResult> PageAsync(
        HttpContext http, string person, ContactDesk contacts, PushKeys keys, IReadOnlyList<Problem> problems, DeliveryView? tested, string done, CancellationToken stop)
    {
        var list = contacts.List(person);
        if (!list.Ok || contacts.Person(person) is not { } known) return ProblemAnswers.Refuse(http, list.Problems);
        var key = AssetStore.Address("worker.js") is not null ? (await keys.GetAsync(stop)).PublicKey : null;
        return new PageResult<ContactsPage>(
            new Dictionary<string, object?> { ["Person"] = known, ["Contacts"] = list.Value, ["Problems"] = problems, ["Tested"] = tested, ["Done"] = done, ["Key"] = key },
            problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}

/// <summary>Everybody's contacts in the palette.</summary>
internal sealed class ContactPalette(CompiledManifests compiled) : IPaletteSource
{
    public IEnumerable<PaletteEntry> Entries(HouseState state) => compiled.For(state).Of<Person>().Take(500)
        .Select(p => new PaletteEntry($"Contacts of {p.DisplayName}", $"/people/{Uri.EscapeDataString(p.Name)}/contacts", "phone", "test, verify", Also: p.Name + " push sms email phone"));
}
