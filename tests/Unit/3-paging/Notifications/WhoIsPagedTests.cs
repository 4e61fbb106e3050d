using Nines.Catalog.Entries;
using Nines.Catalog.Manifests;
using Nines.Paging.Escalations.Manifests;
using Nines.Paging.Notifications;
using Nines.Paging.Schedules.Manifests;
using Nines.Paging.Shadowing.Manifests;
using Xunit;

namespace Nines.Tests.Unit.Paging.Notifications;

public class WhoIsPagedTests
{
    private static readonly ManifestKinds Kinds = new([new ServiceKind(), new TeamKind(), new PersonKind(), new ScheduleKind(), new EscalationPolicyKind(), new ShadowModeKind()]);

    internal static ManifestSet Catalog(params string[] documents) => ManifestSet.Build(
        ManifestParser.Parse(string.Join("\n---\n", documents), null, new()).Select(d => Kinds.Compile(d)), whole: true);

    internal static string Person(string name, bool reachable = true) =>
        $"{{apiVersion: nines/v1, kind: Person, metadata: {{name: {name}}}, spec: {{contacts: {{{(reachable ? $"webhook: \"http://127.0.0.1:1/{name}\"" : "")}}}}}}}";

    internal static string Service(string name, string owner) => $"{{apiVersion: nines/v1, kind: Service, metadata: {{name: {name}}}, spec: {{{owner}}}}}";

    private static string Team(string name, string rest) => $"{{apiVersion: nines/v1, kind: Team, metadata: {{name: {name}}}, spec: {{{rest}}}}}";

    /// <summary>Who is called, where these people signed a browser up, whatever their manifest says.</summary>
    private static Called For(string service, ManifestSet catalog, string owner, params string[] devices) =>
        WhoIsPaged.For(service, catalog, owner, p => p.Contacts.Count > 0 || devices.Contains(p.Name));

    private static string Say(Called called) => $"{string.Join(',', called.People)}: {called.Reason}";

    [Fact]
    public void For_OwnerPerson_IsCalled() =>
        Assert.Equal("alice: alice owns checkout.", Say(For("checkout", Catalog(Person("alice"), Service("checkout", "owner: {person: alice}")), "")));

    [Fact]
    public void For_OwningTeam_CallsItsLead() => Assert.Equal("bob: bob leads pay, which owns checkout.", Say(For(
        "checkout", Catalog(Person("alice"), Person("bob"), Team("pay", "lead: bob, members: [alice, bob]"), Service("checkout", "owner: {team: pay}")), "")));

    [Fact]
    public void For_LeadWithoutContact_CallsEveryMember() => Assert.Equal("alice,eve: pay owns checkout and is led by bob, who has no contact, so every member is called.", Say(For(
        "checkout", Catalog(Person("alice"), Person("eve"), Person("bob", false), Team("pay", "lead: bob, members: [alice, bob, eve]"), Service("checkout", "owner: {team: pay}")), "")));

    [Fact]
    public void For_OwnerWithNothingButABrowserThatTakesPush_IsCalled() =>
        Assert.Equal("alice: alice owns checkout.", Say(For("checkout", Catalog(Person("alice", false), Service("checkout", "owner: {person: alice}")), "", "alice")));

    [Fact]
    public void For_LeadWithNothingButABrowserThatTakesPush_IsCalled() => Assert.Equal("bob: bob leads pay, which owns checkout.", Say(For(
        "checkout", Catalog(Person("alice"), Person("bob", false), Team("pay", "lead: bob, members: [alice, bob]"), Service("checkout", "owner: {team: pay}")), "", "bob")));

    [Fact]
    public void For_NoLead_CallsEveryMember() => Assert.Equal("alice,eve: pay owns checkout and has no lead, so every member is called.", Say(For(
        "checkout", Catalog(Person("alice"), Person("eve"), Team("pay", "members: [alice, eve]"), Service("checkout", "owner: {team: pay}")), "")));

    [Fact]
    public void For_UnknownService_CallsWhoeverOwnsNinesAndSaysSo() => Assert.Equal(
        "ops: ghost is not in the catalog. So whoever owns Nines is called: ops owns Nines.", Say(For("ghost", Catalog(Person("ops")), "ops")));

    [Fact]
    public void For_OwnerWithoutContact_CallsTheOwnerOfTheServiceNines() => Assert.Equal(
        "ops: alice owns checkout, but has no contact. So whoever owns Nines is called: ops owns nines.",
        Say(For("checkout", Catalog(Person("alice", false), Person("ops"), Service("checkout", "owner: {person: alice}"), Service("nines", "owner: {person: ops}")), "")));

    [Fact]
    public void For_NobodyAtAll_SaysHowToMendIt() => Assert.Equal(
        ": The alert names no service. Nobody owns Nines, so nobody is called: set notifications:owner, or describe the service nines in the catalog.",
        Say(For("", Catalog(), "")));

    [Fact]
    public void For_SettingNamesSomebodyUnknown_SaysSo() => Assert.Equal(
        ": ghost is not in the catalog. Nines belongs to nobody, which is not in the catalog. Nobody can be called: mend notifications:owner.",
        Say(For("ghost", Catalog(), "nobody")));
}
