using System.Text;
using Nines.Alerting.Alerts;
using Nines.Alerting.Integrations;
using Nines.Alerting.Integrations.Manifests;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Integrations;

public class MappingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 21, 3, 0);

    private static Integration Manifest(string spec)
    {
        var problems = new ProblemList();
        var kinds = new ManifestKinds([new IntegrationManifest()]);
        var yaml = $"apiVersion: nines/v1\nkind: Integration\nmetadata: {{ name: backup }}\nspec:\n{spec}";
        var compiled = kinds.Compile(ManifestParser.Parse(yaml, null, problems)[0], Strictness.Lenient);
        Assert.Empty(compiled.Problems.Where(p => p.IsError).Select(p => p.ToString()));
        return (Integration)compiled.Spec!;
    }

    private static IReadOnlyList<TrialAlert> Try(Integration from, string body, string type = "") =>
        IntegrationTrial.Try(from, Encoding.UTF8.GetBytes(body), type, CatalogView.Of(ManifestSet.Empty), AlertSeverity.Page, Now).Value;

    private static Integration Any => new() { Name = "any", DisplayName = "any", Kind = IntegrationKind.Events };

    [Fact]
    public void PlainText_IsTheTitle_TheRestIsTheDetails()
    {
        var one = Assert.Single(Try(Any, "disk full\non db1\n", "application/x-www-form-urlencoded"));
        Assert.Equal(("disk full", "on db1", AlertSeverity.Page, "fire"), (one.Title, one.Details, one.Severity, one.Action));
        Assert.Equal(("any", "disk full", "disk full"), (one.Labels["integration"], one.Labels["dedup_key"], one.Labels["alertname"]));
    }

    [Fact]
    public void Form_ItsFieldsAreTheEvent()
    {
        var one = Assert.Single(Try(Any, "title=Disk+full&severity=warning&service=ledger&state=ok", "application/x-www-form-urlencoded"));
        Assert.Equal(("Disk full", AlertSeverity.Ticket, "ledger", "end"), (one.Title, one.Severity, one.Service, one.Action));
    }

    // curl -d of JSON says that it is a form; the brace knows better.
    [Fact]
    public void Json_SaidToBeAForm_IsJson() => Assert.Equal("Disk full", Assert.Single(Try(Any, "{\"summary\":\"Disk full\"}", "application/x-www-form-urlencoded")).Title);

    [Fact]
    public void Automatic_CommonNames_AreFound()
    {
        var one = Assert.Single(Try(Any, """{"message":"CPU high","level":"minor","application":"api","alias":"cpu-api","status":"RESOLVED","labels":{"dc":"eu","a b":"c"},"url":"https://grafana.example.com/d/1","runbook_url":"https://r.example.com"}"""));
        Assert.Equal(("CPU high", AlertSeverity.Ticket, "api", "cpu-api", "end"), (one.Title, one.Severity, one.Service, one.Key, one.Action));
        Assert.Equal(("eu", "c", "https://r.example.com"), (one.Labels["dc"], one.Labels["a_b"], one.Annotations["runbook"]));
    }

    [Fact]
    public void Automatic_AnEventsOwnId_IsNotItsKey() => Assert.Equal("CPU high", Assert.Single(Try(Any, """{"id":"4711","title":"CPU high"}""")).Key);

    [Fact]
    public void Automatic_AlertmanagersShape_IsReadAsThat()
    {
        var one = Assert.Single(Try(Any, """{"version":"4","alerts":[{"status":"resolved","labels":{"alertname":"Down"},"annotations":{}}]}"""));
        Assert.Equal(("Down", "end", ""), (one.Title, one.Action, one.Key));
    }

    [Fact]
    public void Automatic_NothingSaysWhatIsWrong_IsRefusedWithTheWayOut()
    {
        var refused = IntegrationTrial.Try(Any, "{\"x\":1}"u8.ToArray(), "", CatalogView.Of(ManifestSet.Empty), AlertSeverity.Page, Now);
        Assert.Equal("title: Nothing here says what is wrong. Send a title (or summary, message, text), or write a mapping for this sender: nines integration try shows what it makes.", Assert.Single(refused.Problems).ToString());
    }

    [Fact]
    public void Mapping_OfAManifest_MakesTheAlert()
    {
        var from = Manifest("""
              kind: events
              service: ledger
              severity: ticket
              labels: { team: db }
              severities: { "3": page }
              mapping:
                each: data.jobs
                title: "Backup of {{database}} failed on {{host | $.server | \"an unknown host\"}}"
                dedup: $.run
                state: "{{result}}"
                resolved: [fine]
                ignored: [skipped]
                severity: "{{level}}"
                labels: { database: "{{database}}" }
                links: { log: "{{log[0].url}}", runbook: "https://r.example.com/{{database}}" }
            """);
        var all = Try(from, """
            {"run":"r1","server":"bk1","data":{"jobs":[
            {"database":"orders","result":"broken","level":3,"log":[{"url":"https://l.example.com/1"}]},
            {"database":"users","host":"db2","result":"fine"},{"database":"logs","result":"skipped"}]}}
            """);
        Assert.Equal(["Backup of orders failed on bk1", "Backup of users failed on db2", "Backup of logs failed on bk1"], all.Select(a => a.Title));
        Assert.Equal(["fire", "end", "tell"], all.Select(a => a.Action));
        Assert.Equal((AlertSeverity.Page, AlertSeverity.Ticket), (all[0].Severity, all[1].Severity));
        Assert.Equal(("ledger", "r1", "db", "orders"), (all[0].Service, all[0].Key, all[0].Labels["team"], all[0].Labels["database"]));
        Assert.Equal(("https://l.example.com/1", "https://r.example.com/orders"), (all[0].Annotations["link:log"], all[0].Annotations["runbook"]));
    }

    [Fact]
    public void Manifest_EverythingWrong_IsSaidAtOnce()
    {
        var problems = new ProblemList();
        var yaml = "apiVersion: nines/v1\nkind: Integration\nmetadata: { name: x }\nspec:\n  kind: pigeon\n  key: hunter2\n  resolveAfter: 1s\n  mapping: { title: \"{{a\", each: \"a..b\", labels: { \"no name\": \"{{x}}\" }, titel: x }\n";
        var compiled = new ManifestKinds([new IntegrationManifest()]).Compile(ManifestParser.Parse(yaml, null, problems)[0], Strictness.Lenient);
        Assert.Equal(["spec.kind", "spec.key", "spec.resolveAfter", "spec.mapping.title", "spec.mapping.each", "spec.mapping.labels.no name", "spec.mapping.titel"], compiled.Problems.Where(p => p.IsError).Select(p => p.Path));
        Assert.DoesNotContain("hunter2", string.Join(' ', compiled.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Example_OfTheManifest_Validates()
    {
        var problems = new ProblemList(Strictness.Strict);
        var kind = new IntegrationManifest();
        Assert.Empty(new ManifestKinds([kind]).Compile(ManifestParser.Parse(kind.Example, null, problems)[0], Strictness.Strict).Problems);
    }

    [Theory]
    [InlineData("a.b", true)]
    [InlineData("a[0].b", true)]
    [InlineData("a[*].b", true)]
    [InlineData("[\"a.b\"].c", true)]
    [InlineData("$", true)]
    [InlineData("$.a", true)]
    [InlineData("", false)]
    [InlineData("a..b", false)]
    [InlineData("a.", false)]
    [InlineData("a[", false)]
    [InlineData("a[-1]", false)]
    [InlineData("a b", false)]
    public void Path_Form_IsJudged(string text, bool good) => Assert.Equal(good, EventPath.Parse(text) is not null);
}
