using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.StatusPages;
using Nines.Responding.StatusPages.Manifests;
using NodaTime;

namespace Nines.Tests.Unit.Responding.StatusPages;

/// <summary>A page of a shop, and what was published on it.</summary>
internal static class StatusFixture
{
    // A Thursday.
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 19, 3, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new PersonKind(), new StatusPageKind()]);

    public static readonly ManifestSet Catalog = Read("""
        apiVersion: nines/v1
        kind: Service
        metadata: { name: pay-core-7 }
        spec: {}
        ---
        apiVersion: nines/v1
        kind: StatusPage
        metadata: { name: shop }
        spec:
          title: Fernhill Goods
          zone: Europe/Berlin
          components:
            - { key: payments, name: Payments, services: [pay-core-7] }
            - { key: search, name: Search, group: Shop, objectives: [search-quality] }
          maintenance:
            longest: 4h
            windows: [{ days: [sat, sun], from: "22:00", until: "06:00" }]
        """);

    public static StatusPage Page => Catalog.Find<StatusPage>("shop")!;

    public static ManifestSet Read(string documents) => ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d)), whole: true);

    public static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));

    public static StatusBook Fold(StatusBook book, params object[] events)
    {
        var fold = new StatusBookFold();
        for (var i = 0; i < events.Length; i++)
            book = fold.Apply(book, new Recorded(new JournalEntry(i + 1, new("statuspage", "shop"), i + 1, "x", Now + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), events[i]));
        return book;
    }

    public static StatusBook Fold(params object[] events) => Fold(StatusBook.None, events);

    public static StatusContext Context(StatusBook? book = null, IncidentBook? incidents = null) => new()
    {
        Book = book ?? StatusBook.None,
        Catalog = Catalog,
        Incidents = incidents ?? IncidentBook.None,
        Now = Now,
        NewId = () => "new",
    };

    public static StatusPublished Published(string id = "post1", string title = "Card payments fail", string body = "Some cards fail.", string incident = "") =>
        new("shop", id, title, PostStatus.Investigating, PostImpact.Major, [new("payments", ComponentStatus.PartialOutage)], body, Now - Duration.FromMinutes(9), incident, "ada");

    public static MaintenanceScheduled Scheduled(string id = "work1", string title = "A new database") =>
        new("shop", id, title, "Past orders may be missing.", ["search"], Now + Duration.FromHours(72), Now + Duration.FromHours(73), "", "ada");

    public static object[] Subscribers(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new object[]
    {
        new SubscriberAsked("shop", $"s{i:D6}", SubscriberKind.Email, "c2VhbGVk"), new SubscriberConfirmed("shop", $"s{i:D6}", "import"),
    })];

    public static PublicView View(StatusBook book, Instant? at = null, IReadOnlyList<ComponentDays>? days = null) =>
        new(Page, book.Of("shop"), days ?? [], at ?? Now, "https://status.example.com");
}
