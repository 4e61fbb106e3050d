using Nines.Catalog.Access;
using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Security;
using Nines.Responding.Security.Manifests;
using NodaTime;

namespace Nines.Tests.Unit.Responding.Security;

/// <summary>Ada and Grace are of the circle, Bob is not.</summary>
internal static class SecurityWorld
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 9, 0);

    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new PersonKind(), new TeamKind(), new SecurityPolicyKind(), new SecuritySignalKind()]);

    public static readonly ManifestSet Catalog = Read("""
        { apiVersion: nines/v1, kind: Person, metadata: { name: ada }, spec: {} }
        ---
        { apiVersion: nines/v1, kind: Person, metadata: { name: grace }, spec: {} }
        ---
        { apiVersion: nines/v1, kind: Person, metadata: { name: bob }, spec: {} }
        ---
        { apiVersion: nines/v1, kind: Service, metadata: { name: shop }, spec: { owner: { person: bob } } }
        ---
        { apiVersion: nines/v1, kind: Service, metadata: { name: security }, spec: { owner: { person: ada } } }
        ---
        apiVersion: nines/v1
        kind: SecurityPolicy
        metadata: { name: security }
        spec:
          circle: { people: [ada, grace] }
          mayOpen: { people: [bob] }
          service: security
          regimes: [gdpr, nis2, dora, sec-8k]
          zone: Europe/Berlin
        """);

    public static SecurityPolicy Policy => SecurityPolicies.Of(Catalog);

    public static string Id(string name) => Catalog.Find<Nines.Catalog.Person>(name)!.Id;

    public static ManifestSet Read(string documents) => ManifestSet.Build(ManifestParser.Parse(documents, null, new()).Select(d => Kinds.Compile(d, id: null)), whole: true);

    public static SecurityBook Fold(params object[] events) => Fold(SecurityBook.None, events);

    public static SecurityBook Fold(SecurityBook book, params object[] events)
    {
        var fold = new SecurityBookFold();
        for (var i = 0; i < events.Length; i++)
            book = fold.Apply(book, new Recorded(new JournalEntry(i + 1, new("security", "sec1"), i + 1, "x", Now, "local", 0, null, ReadOnlyMemory<byte>.Empty), events[i]));
        return book;
    }

    public static CaseOpened Opened(CaseKind kind = CaseKind.DataAccess, string by = "") => new("sec1", 1, "Customer table read", kind, IncidentSeverity.Sev2, [], "", "", "signal:x", by);

    public static SecurityContext Context(SecurityBook book, Actor? actor = null, Instant? now = null) => new()
    {
        Book = book,
        Incidents = IncidentBook.None,
        Catalog = Catalog,
        Access = AccessState.Nobody,
        Policy = Policy,
        Actor = actor ?? Actor.Person(Id("ada")),
        Now = now ?? Now,
        NewId = () => "id",
    };

    public static string Said<T>(Outcome<T> outcome) => string.Join(" ", outcome.Problems.Select(p => p.ToString()));
}
