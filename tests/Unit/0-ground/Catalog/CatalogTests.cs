using Nines.Catalog;
using Nines.Catalog.Backstage;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Tests.Unit.Measuring.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Catalog;

public class CatalogTests
{
    private const string People = "apiVersion: nines/v1\nkind: Person\nmetadata: { name: ada }\nspec: { contacts: { email: a@example.com } }\n---\napiVersion: nines/v1\nkind: Person\nmetadata: { name: grace }\nspec: { contacts: { email: g@example.com } }\n---\napiVersion: nines/v1\nkind: Team\nmetadata: { name: payments, displayName: Payments }\nspec: { lead: grace, members: [ada, grace] }\n";

    private static string Service(string name, string spec = "", string metadata = "") => $"---\napiVersion: nines/v1\nkind: Service\nmetadata: {{ name: {name}{metadata} }}\nspec: {{ owner: {{ team: payments }}{spec} }}\n";

    [Fact]
    public void Catalog_OfAService_KnowsItsPeopleLeadFirst()
    {
        var view = CatalogView.Of(ManifestReading.Read(People + Service("checkout", ", dependencies: { upstream: [ledger] }") + Service("ledger"))).Service("checkout")!;
        Assert.Equal("Payments", view.OwnerName);
        Assert.Equal(["grace", "ada"], view.Owners.Select(o => o.Name));
        Assert.Equal(["ledger"], view.DependsOn);
    }

    [Fact]
    public void Catalog_OfBothVersions_IsOneServiceAndContradictionsAreFindings()
    {
        var text = People + Service("checkout", ", description: Takes orders.", ", labels: { area: shop }")
            + "---\napiVersion: openslo/v1\nkind: Service\nmetadata: { name: checkout, displayName: Checkout, labels: { area: web, zone: eu } }\nspec: { description: Sells. }\n";
        var set = ManifestReading.Read(text);
        var service = Assert.Single(CatalogView.Of(set).Services).Service;
        Assert.Equal(("Checkout", "Takes orders.", "shop", "eu"), (service.DisplayName, service.Description, service.Labels["area"], service.Labels["zone"]));
        Assert.Equal(
            ["a.yaml:23:68: metadata.labels.area: The label area is \"shop\" in nines/v1 and \"web\" here; the first counts. Write the same in both, or in one only.",
             "a.yaml:24:22: spec.description: nines/v1 describes this service otherwise; that description is shown. Write the same in both, or in one only."],
            set.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Dependencies_ThatDisagreeOrCircle_AreFindings()
    {
        var text = People + Service("a", ", dependencies: { upstream: [b] }") + Service("b", ", dependencies: { upstream: [a], downstream: [c] }") + Service("c");
        Assert.Equal(
            ["Services need each other in a circle: a > b > a. One of them must be able to start, and to fail, without the next.",
             "This service says that it calls b, but b lists its callers without it. Add a to the downstream of b, or remove it here."],
            ManifestReading.Read(text).Problems.Select(p => $"{p.What} {p.Remedy}").Order());
    }

    [Theory]
    [InlineData(", tier: gold", "\"gold\" is not allowed here. Write one of critical, important, standard, experimental.")]
    [InlineData(", tier: Critical", "\"Critical\" is written \"critical\". Write critical.")]
    [InlineData(", infra: ecs", "\"ecs\" is written \"ECS\". Write ECS.")]
    [InlineData(", peakRps: -1", "-1 is below zero. Write zero or more.")]
    [InlineData(", peakRps: \"5\"", "The number 5 stands in quotes. Take the quotes off.")]
    [InlineData(", monthlyCost: { amount: 5, currency: euro }", "\"euro\" is not a currency. Write three capital letters such as USD or EUR (ISO 4217).")]
    [InlineData(", runbooks: { default: wiki/page }", "\"wiki/page\" is not a link. Write a whole URL that begins with http:// or https://.")]
    [InlineData(", dependencies: { upstream: [checkout] }", "A service does not depend on itself. Remove it.")]
    [InlineData(", dependencies: []", "This must be a mapping, but is a list. Write its fields below it, indented.")]
    [InlineData(", langauge: Go", "There is no field \"langauge\" here. Did you mean \"language\"?")]
    public void Service_WithAMistake_SaysWhatToWrite(string spec, string problem)
    {
        var found = ManifestReading.Read(People + Service("checkout", spec)).Problems;
        Assert.Equal(problem, Assert.Single(found.Select(p => $"{p.What} {p.Remedy}".TrimEnd())));
    }

    [Theory]
    [InlineData("contacts: { webhook: { url: \"https://h.example.com\", secret: hunter2 } }", "A secret must not stand in a manifest. Write where it is kept: env:NAME or file:/absolute/path.")]
    [InlineData("contacts: { webhook: \"https://u:p@h.example.com\" }", "A secret must not stand in a manifest, but this address carries a password. Take it out; calls are signed with secret: env:NAME.")]
    [InlineData("contacts: { webhook: \"ftp://h\" }", "\"ftp://h\" is not an address that can be called. Write a whole URL that begins with https:// or http://.")]
    [InlineData("contacts: { email: nobody }", "\"nobody\" is not an e-mail address. Write one such as name@example.com.")]
    [InlineData("contacts: { sms: \"0049 151 1234567\" }", "\"0049 151 1234567\" is not a telephone number. Write \"+491511234567\".")]
    [InlineData("contacts: { voice: 1511234567 }", "\"1511234567\" is not a telephone number. Write it with its country code, such as \"+4915112345678\".")]
    [InlineData("contacts: { slack: \"@ada\" }", "\"@ada\" is not a Slack id. Write the id that Slack shows under \"Copy member ID\" (U…) or at the end of \"View channel details\" (C…): names change.")]
    [InlineData("contacts: { ntfy: \"https://ntfy.example.com\" }", "\"https://ntfy.example.com\" names no topic. Write the topic's address, such as https://ntfy.example.com/topic.")]
    [InlineData("contacts: { teams: { to: \"https://prod.logic.azure.com/workflows/1?sig=hunter2\" } }", "A secret must not stand in a manifest, but whoever knows this teams address can post to it. Write secret: env:NAME, and keep the whole address there.")]
    [InlineData("contacts: { pagerduty: { to: \"https://events.eu.pagerduty.com\" } }", "This field is missing. Write secret: env:NAME with the integration key of the service (Events API v2).")]
    [InlineData("contacts: [{ kind: emial, to: a@b.c }]", "\"emial\" is not allowed here. Did you mean \"email\"? Write one of voice, sms, ntfy, pagerduty, opsgenie, webhook, slack, teams, mattermost, discord, email.")]
    [InlineData("contacts: [{ kind: push }]", "A device that takes push is not written in a manifest. Open /people/NAME/contacts on the phone and press \"Use this device\".")]
    [InlineData("contacts: [{ kind: email, to: a@b.c }, { kind: email, to: d@e.f }]", "There are two contacts \"email\". Give one another name:.")]
    [InlineData("contacts: [{ name: sms, kind: email, to: a@b.c }]", "\"sms\" is the name of another kind. Give the contact another name.")]
    [InlineData("contacts: [{ name: \"my phone\", kind: sms, to: \"+491511234567\" }]", "\"my phone\" is not a name for a contact. Write up to 40 letters, digits, dots, hyphens and underscores.")]
    [InlineData("contacts: { sms: \"+491511234567\" }, notify: { page: [{ contact: smss }] }", "There is no contact \"smss\" here. Did you mean \"sms\"?")]
    [InlineData("contacts: { sms: \"+491511234567\" }, notify: { page: [{ contact: sms, after: 2d }] }", "2d is too late for a page. Write 24h at most.")]
    [InlineData("contacts: { email: a@b.c }, notify: { page: [email] }", "None of these wakes a sleeper. Add one of push, voice, sms, ntfy, pagerduty, opsgenie.")]
    [InlineData("{ contacts: { email: a@b.c }, timeZone: Europe/Londn }", "\"Europe/Londn\" is not an IANA time zone. Did you mean Europe/London?")]
    [InlineData("", "Nines has no way to call this person. Write contacts: with sms:, voice:, email: or another kind, or let them sign up a phone for push.")]
    public void Person_WithAMistake_SaysWhatToWrite(string spec, string problem)
    {
        var set = ManifestReading.Read($"apiVersion: nines/v1\nkind: Person\nmetadata: {{ name: ada }}\nspec: {(spec.StartsWith('{') ? spec : "{ " + spec + " }")}\n");
        Assert.Equal(problem, Assert.Single(set.Problems.Select(p => $"{p.What} {p.Remedy}")));
        Assert.DoesNotContain("hunter2", string.Join('\n', set.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Person_WithEveryKindOfContact_IsRead()
    {
        var person = ManifestReading.Read("""
            apiVersion: nines/v1
            kind: Person
            metadata: { name: ada }
            spec:
              contacts:
                - { name: phone, kind: sms, to: "+44 (20) 7946-0018" }
                - { kind: voice, to: +442079460018 }
                - { kind: slack, to: U012ABCDEF }
                - { kind: teams, secret: env:TEAMS }
                - { kind: pagerduty, secret: env:PD }
                - { kind: opsgenie, to: "https://api.eu.opsgenie.com", secret: "file:/run/og" }
                - { kind: ntfy, to: "https://ntfy.example.com/ada" }
              notify: { page: [{ contact: phone, after: 1m }, push], ticket: slack }
            """).Find<Person>("ada")!;
        Assert.Equal(
            [
                "phone sms +442079460018", "voice voice +442079460018", "slack slack U012ABCDEF", "teams teams env:TEAMS", "pagerduty pagerduty https://events.pagerduty.com",
                "opsgenie opsgenie https://api.eu.opsgenie.com/", "ntfy ntfy https://ntfy.example.com/ada",
            ],
            person.Contacts.Select(c => $"{c.Name} {c.Kind} {c.Address}"));
        Assert.Equal(["push 0s", "phone 1m"], person.NotifyPage.Select(s => $"{s.Contact} {FieldDuration.Format(s.After)}"));
        Assert.Equal("slack", Assert.Single(person.NotifyTicket).Contact);
    }

    [Fact]
    public void Person_ShortForm_IsTheSameAsTheLongOne()
    {
        var person = ManifestReading.Read(
            "{apiVersion: nines/v1, kind: Person, metadata: {name: ada}, spec: {contacts: {email: a@b.c, discord: env:D, webhook: {url: \"http://h.example.com\", secret: env:K}}}}").Find<Person>("ada")!;
        Assert.Equal(["webhook http://h.example.com/ env:K", "email a@b.c ", "discord env:D env:D"], person.Contacts.Select(c => $"{c.Name} {c.Address} {c.Secret}"));
    }

    [Fact]
    public void Import_ReferencesWithoutAName_NameNobody()
    {
        const string text = "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: payments }\nspec: { type: team, members: ['group:default/', ada] }\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: checkout }\nspec: { type: service, dependsOn: ['component:', 'component:ledger'] }\n";
        var problems = new ProblemList();
        var manifests = BackstageImport.Read(ManifestParser.Parse(text, "catalog-info.yaml", problems), problems);
        Assert.Contains("  members:\n    - ada\n", manifests[0], StringComparison.Ordinal);
        Assert.Contains("    upstream:\n      - ledger\n", manifests[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Backstage_Entities_BecomeManifestsThatValidate()
    {
        const string text = """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: checkout
              title: Checkout
              annotations: { backstage.io/techdocs-ref: "dir:." }
              links: [{ url: "https://g.example.com", title: dashboard }]
            spec:
              type: service
              lifecycle: production
              owner: group:default/payments
              system: shop
              dependsOn: ["component:default/basket", "resource:orders-db"]
              consumesApis: [ledger-api]
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: ledger }
            spec: { type: service, lifecycle: experimental, owner: user:ada, providesApis: [ledger-api], subcomponentOf: x }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: { name: money }
            spec: { type: library, owner: payments }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: payments }
            spec: { type: team, children: [], members: [grace] }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: User
            metadata: { name: ada }
            spec: { profile: { displayName: Ada Lovelace, email: ada@example.com }, memberOf: [payments] }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Template
            metadata: { name: t }
            """;
        var problems = new ProblemList();
        var manifests = BackstageImport.Read(ManifestParser.Parse(text, "catalog-info.yaml", problems), problems);
        Assert.Equal(4, manifests.Count);
        Assert.Equal(
            "apiVersion: nines/v1\nkind: Service\nmetadata:\n  name: checkout\n  displayName: Checkout\n  labels:\n    lifecycle: production\n    system: shop\n    type: service\nspec:\n  owner:\n    team: payments\n  dependencies:\n    upstream:\n      - basket\n      - ledger\n  links:\n    dashboard: \"https://g.example.com\"\n",
            manifests[0]);
        Assert.Equal(
            ["catalog-info.yaml:6:3: metadata.annotations: Annotations of Component \"checkout\" are not taken: backstage.io/techdocs-ref.",
             "catalog-info.yaml:13:14: spec.dependsOn: The dependency resource:orders-db of \"checkout\" is not taken; only components are services.",
             "catalog-info.yaml:19:94: spec.subcomponentOf: The field subcomponentOf of Component \"ledger\" is not taken.",
             "catalog-info.yaml:21:1: Component \"money\" is a library and not taken; only what runs has objectives.",
             "catalog-info.yaml:29:21: spec.children: The field children of Group \"payments\" is not taken.",
             "catalog-info.yaml:36:1: Template \"t\" is not taken; Nines has nothing of the kind."],
            problems.Problems.Select(p => p.ToString()));
        var set = ManifestReading.Read(string.Join("---\n", manifests));
        Assert.DoesNotContain(set.Problems, p => p.IsError);
        Assert.Equal(["ada"], CatalogView.Of(set).OwnersOf("checkout").Select(p => p.Name));
    }
}
