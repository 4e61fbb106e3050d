using System.Text;
using Nines.Catalog.Access;
using Nines.Kernel;
using Nines.Responding.Incidents;
using Nines.Responding.Security;
using Nines.Responding.Security.Api;
using NodaTime;
using Xunit;
using static Nines.Tests.Unit.Responding.Security.SecurityWorld;

namespace Nines.Tests.Unit.Responding.Security;

public class SecurityFindingTests
{
    private static readonly SecuritySignal Signal = new() { Name = "shop", Category = SignalCategory.FailedLogins, Opens = CaseKind.CredentialStuffing, Severity = IncidentSeverity.Sev2, Own = OwnFact.SignInRefused, AtLeast = 20 };

    private static FindingRules.Taken Take(SecurityBook book, Instant at) => FindingRules.Take(book, Policy, Signal.Found(31, at), at, () => "sec1");

    private static Outcome<IReadOnlyList<Finding>> Read(string body) => FindingBody.Read(Encoding.UTF8.GetBytes(body), Now);

    [Fact]
    public void Take_TheFirstFinding_OpensACaseAndPages_TheNextJoinsIt()
    {
        var first = Take(SecurityBook.None, Now);
        Assert.Equal(("SEC-1", true, 2), (first.Name, first.Pages, first.Events.Count));
        Assert.Equal("31 refused sign-ins within 5 min, at least 20 open a case.", ((FindingJoined)first.Events[1]).Text);
        var book = Fold(SecurityBook.None, [.. first.Events]);
        var second = Take(book, Now + Duration.FromHours(23));
        Assert.Equal((false, 1), (second.Pages, second.Events.Count));
        Assert.True(Take(book, Now + Duration.FromHours(25)).Pages);
    }

    [Fact]
    public void Take_AfterAFalseAlarm_IsQuietOnlyAsLongAsItWasSaid()
    {
        var opened = Fold(SecurityBook.None, [.. Take(SecurityBook.None, Now).Events]);
        var quiet = Fold(opened, new CaseDismissed("sec1", "Our scanner.", Now + Duration.FromHours(2), "ada"));
        Assert.False(Take(quiet, Now + Duration.FromHours(1)).Pages);
        Assert.True(Take(quiet, Now + Duration.FromHours(3)).Pages);
        Assert.True(Take(Fold(opened, new CaseDismissed("sec1", "Our scanner.", null, "ada")), Now + Duration.FromMinutes(1)).Pages);
    }

    [Fact]
    public void Tells_WhatGoesOn_IsToldOnceAWindow()
    {
        var book = Fold(SecurityBook.None, [.. Take(SecurityBook.None, Now).Events]);
        Assert.False(FindingRules.Tells(book, Policy, Signal, Now + Duration.FromMinutes(4)));
        Assert.True(FindingRules.Tells(book, Policy, Signal, Now + Duration.FromMinutes(5)));
    }

    [Fact]
    public void Alert_OfACase_RevealsNothing()
    {
        var alert = SecurityAlert.Opened("sec1", "SEC-1", Policy, Now);
        Assert.Equal(("A security signal needs you: SEC-1", "What it is about stands in the case, and nowhere else.", "security"), (alert.Title, alert.Reason, alert.Service));
        Assert.Equal(["alertname", "case", "service", "severity"], alert.Labels.Pairs.Select(p => p.Key));
    }

    [Fact]
    public void Read_FalcosFinding_IsUnderstood()
    {
        var found = Assert.Single(Read("""{"hostname":"web-3","output":"08:00 Sensitive file opened","output_fields":{"fd.name":"/etc/shadow","proc.pid":12},"priority":"Critical","rule":"Read sensitive file","source":"syscall","tags":["mitre_privilege_escalation"],"time":"2026-11-20T08:00:00.123456789Z"}""").Value);
        Assert.Equal((SignalCategory.PrivilegeEscalation, CaseKind.PrivilegeEscalation, IncidentSeverity.Sev1), (found.Category, found.Opens, found.Severity));
        Assert.Equal("finding:privilege-escalation Read sensitive file  web-3", found.Fingerprint);
        Assert.Equal("/etc/shadow", found.Facts["fd.name"]);
        Assert.Equal(8, found.At.InUtc().Hour);
    }

    [Fact]
    public void Read_AListAndLines_AreTakenAlike()
    {
        Assert.Equal(2, Read("""[{"rule":"a","text":"b"},{"rule":"a","text":"c"}]""").Value.Count);
        Assert.Equal(2, Read("{\"rule\":\"a\",\"text\":\"b\"}\n{\"rule\":\"a\",\"text\":\"c\"}\n").Value.Count);
    }

    [Fact]
    public void Read_ThatCannotBe_SaysEveryReason()
    {
        Assert.Equal(
            "[0].rule: A finding needs the name of the rule that found it. Write rule. [0].text: A finding needs what was found. Write text, or output as Falco does. [0].category: \"fire\" is no category. Write one of failed-logins, api-pattern, data-access, privilege-escalation, other. [0].severity: \"bad\" is no severity. Write sev1, sev2, sev3 or sev4. [0].at: \"now\" is no time. Write one such as 2026-11-22T10:00:00Z.",
            Said(Read("""{"category":"fire","severity":"bad","at":"now"}""")));
        Assert.Equal("Line 2 is no JSON. Send one object, a list of them, or one a line.", Said(Read("{\"rule\":\"a\",\"text\":\"b\"}\nnonsense")));
        Assert.Equal("A finding is a JSON object. Write {\"rule\": …, \"text\": …}.", Said(Read("7")));
        Assert.False(FindingBody.Read(new byte[] { 0xff, 0x00, 0x7b }, Now).Ok);
    }

    [Fact]
    public void Sum_OverMinutes_ForgetsWhatIsOld_AndSpreadsEvenly()
    {
        var counts = new SignalCounts(2);
        counts.Add(0, 60_000 * 100, 3);
        counts.Add(1, 60_000 * 100, 50);
        counts.AddSpread(0, 60_000 * 101, 60_000 * 103, 10);
        Assert.Equal(13, counts.Sum(0, 60_000 * 102, 5));
        Assert.Equal(5, counts.Sum(0, 60_000 * 102, 1));
        Assert.Equal(10, counts.Sum(0, 60_000 * 104, 4));
        Assert.Equal(0, counts.Sum(0, 60_000 * 108, 5));
        counts.Add(0, 60_000 * (100 + SignalCounts.Kept), 1);
        counts.Add(0, 60_000 * 100, 7);
        Assert.Equal(1, counts.Sum(0, 60_000 * (100 + SignalCounts.Kept), 1));
    }

    [Fact]
    public void Of_EventsOfNinesOwnDoors_AreFacts()
    {
        Assert.Equal(OwnFact.FullTokenMade, OwnFacts.Of(new TokenMade("t", "ci", "h", ["*"], null, "ada")));
        Assert.Equal(OwnFact.TokenMade, OwnFacts.Of(new TokenMade("t", "ci", "h", ["read"], null, "ada")));
        Assert.Equal(2, Fold(Opened(), new CaseRead("sec1", "ada", "read the case"), new CaseRead("sec1", "bob", "read the case")).Own[OwnFact.CaseRead].Count);
        Assert.Null(OwnFacts.Of(new PasswordSet("ada", "s", "changed")));
        Assert.Equal(2, Fold(new TokenMade("t", "ci", "h", ["*"], null, "ada"), new TokenMade("t", "ci", "h", ["*"], null, "ada")).Own[OwnFact.FullTokenMade].Count);
    }

    [Fact]
    public void Signal_ThatCountsNothing_OrInSeveralPlaces_IsRefused()
    {
        static string Wrong(string spec) => string.Join(" ", Nines.Catalog.Manifests.ManifestParser.Parse($"{{ apiVersion: nines/v1, kind: SecuritySignal, metadata: {{ name: x }}, spec: {{ {spec} }} }}", null, new())
            .Select(d => new Nines.Catalog.Manifests.ManifestKinds([new Nines.Responding.Security.Manifests.SecuritySignalKind()]).Compile(d)).SelectMany(c => c.Problems).Where(p => p.IsError).Select(p => $"{p.What} {p.Remedy}"));
        Assert.Equal("It counts nothing. Write one of metric, promql, nines.", Wrong("category: other, atLeast: 1"));
        Assert.Equal("It counts in several places. Write one of metric, promql, nines.", Wrong("category: other, atLeast: 1, metric: x, nines: refused"));
        Assert.Equal("It would always hold. Write a number above 0. It counts within whole minutes, from 1m to 60m. Write one such as 5m.", Wrong("category: other, atLeast: 0, within: 90s, metric: x"));
        Assert.Equal("", Wrong("category: failed-logins, atLeast: 20, within: 5m, nines: sign-in-refused"));
    }
}
