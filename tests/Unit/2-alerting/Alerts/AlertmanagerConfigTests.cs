using Nines.Alerting.Alerts;
using Nines.Catalog.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Alerting.Alerts;

public class AlertmanagerConfigTests
{
    private const string Config = """
        global: { resolve_timeout: 5m }
        route:
          receiver: default
          group_by: [alertname, cluster]
          group_wait: 10s
          repeat_interval: 3h
          routes:
            - matchers: ['severity="critical"', 'team=~"db|storage"']
              receiver: dba-pager
              continue: true
              mute_time_intervals: [nights]
            - match: { severity: info }
              receiver: blackhole
            - matchers: ['{job="a,b", env!="dev"}']
              routes:
                - match_re: { instance: "web-.*" }
        receivers:
          - name: default
            email_configs: [{ to: ops@example.com }]
          - name: dba-pager
            pagerduty_configs: [{ service_key: x }]
          - name: blackhole
        inhibit_rules:
          - source_matchers: ['severity="critical"']
            target_match: { severity: warning }
            equal: [alertname, cluster]
        time_intervals:
          - name: nights
            time_intervals:
              - times: [{ start_time: '22:00', end_time: '24:00' }]
                weekdays: ['monday:friday']
                days_of_month: ['-3:-1']
                months: ['december', '1:2']
                location: Europe/Berlin
        """;

    [Fact]
    public void Read_ATree_BecomesAManifestThatRoutesAlike()
    {
        var problems = new ProblemList();
        var text = AlertmanagerConfig.Read(Assert.Single(ManifestParser.Parse(Config, "alertmanager.yml", problems)), problems)!;
        Assert.DoesNotContain(problems.Problems, p => p.IsError);
        Assert.Equal(
            [
                "The receiver default (email) is named as an escalation policy.",
                "The receiver dba-pager (pagerduty) is named as an escalation policy.",
                "The receiver blackhole tells nobody: what goes there is listed as severity log.",
            ],
            problems.Problems.Select(p => p.What));

        var found = new ProblemList();
        var document = Assert.Single(ManifestParser.Parse(text, "routing.yaml", found));
        var spec = (RoutingSpec)new ManifestKinds([new Nines.Alerting.Alerts.Manifests.AlertRoutingKind()]).Compile(document, id: null).Spec!;
        var routes = RouteTable.Shipped.With(spec);

        Assert.Equal(["alertmanager/critical-db-storage:page", "alertmanager:page"], new[] { Route("severity=critical", "team=db"), Route("severity=critical", "team=web") });
        Assert.Equal("alertmanager/info:log", Route("severity=info"));
        Assert.Equal("alertmanager/a-b-dev/web:page", Route("job=a,b", "env=prod", "instance=web-1"));
        var top = routes.Take(Facts("x=y"), out _);
        Assert.Equal(("default", Duration.FromSeconds(10), Duration.FromMinutes(5), Duration.FromHours(3)), (top.Escalation, top.Wait, top.Interval, top.Repeat!.Value));
        Assert.Equal(["alertname", "cluster"], top.GroupBy);
        // A weeknight at the end of December, in Berlin.
        Assert.True(spec.Intervals["nights"].Single().Holds(Instant.FromUtc(2026, 12, 30, 21, 30)));
        Assert.Equal("inhibit-1", Assert.Single(spec.Inhibit).Name);

        string Route(params string[] labels) => routes.Take(Facts(labels), out _).Name;
    }

    private static RouteFacts Facts(params string[] labels) =>
        new(AlertLabels.Of(labels.Select(l => KeyValuePair.Create(l.Split('=')[0], l.Split('=')[1]))), AlertSeverity.Page, "", "");
}
