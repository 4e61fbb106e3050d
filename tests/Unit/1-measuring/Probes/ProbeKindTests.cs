using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.AccessLogs;
using Nines.Measuring.Ingestion.Manifests;
using Nines.Measuring.Probes;
using Nines.Measuring.Probes.Manifests;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Probes;

public sealed class ProbeKindTests
{
    private static readonly ManifestKinds Kinds = new([new ProbeKind(), new LogSourceKind()]);

    [Fact]
    public void Read_Examples_Validate()
    {
        foreach (var kind in Kinds.All)
        {
            var compiled = Compile(kind.Example);
            Assert.Empty(compiled.Problems);
            Assert.NotNull(compiled.Spec);
        }
    }

    [Fact]
    public void Read_EachKindOfCheck_IsRead()
    {
        Assert.Equal(new TcpCheck("db", 5432, "x"), Check("tcp: { address: 'db:5432', expect: x }"));
        Assert.Equal(new TlsCheck("shop", 443, "shop", Duration.FromDays(14)), Check("tls: { address: shop }"));
        var dns = Assert.IsType<DnsCheck>(Check("dns: { server: '[::1]:5353', name: shop.example.com, type: AAAA, expect: ['::1'] }"));
        Assert.Equal(("::1", 5353, "AAAA"), (dns.Server, dns.Port, dns.Type));
    }

    [Theory]
    [InlineData("service: shop", "body:1:67: spec: Nothing is asked. Write exactly one of http, tcp, dns and tls.")]
    [InlineData("http: { url: ftp://x, expectStatus: [999], redirects: 50 }", "spec.http.url: \"ftp://x\" is not an address that can be called. Write a whole URL that begins with https:// or http://.|spec.http.expectStatus: \"999\" is no HTTP status. Write statuses such as 200 or 2xx.|spec.http.redirects: 50 is not a whole number from 0 to 20. Write one that is.")]
    [InlineData("interval: 5s, timeout: 10s, tcp: { address: db }", "spec.timeout: 10s is too long. Write 10ms to 5s.|spec.tcp.address: \"db\" is no address. Write host:port, with an IPv6 address in brackets.")]
    [InlineData("dns: { server: ns.example.com, name: a..b }", "spec.dns.server: \"ns.example.com\" is not an IP address. Write the address of the name server itself, such as 192.0.2.53.|spec.dns.name: \"a..b\" is not a name that can be asked for. Write one such as shop.example.com, in its ASCII form.")]
    [InlineData("labels: { le: x }, tls: { address: 'a:1' }", "spec.labels: \"le\" cannot be a label here. Use letters, digits and underscores; probe, service, outcome, reason and le are taken.")]
    public void Read_WrongProbe_ReportsEveryProblem(string spec, string expected) =>
        Assert.Equal(expected.Split('|'), Problems($"{{ apiVersion: nines/v1, kind: Probe, metadata: {{ name: a }}, spec: {{ {spec} }} }}", expected.StartsWith("body", StringComparison.Ordinal)));

    [Theory]
    [InlineData("path: access.log", "spec.path: \"access.log\" is not an absolute path. Write one such as /var/log/nginx/access.log.")]
    [InlineData("path: /a, format: $status", "spec.format: The log format has no time: add $time_local, $time_iso8601 or $msec. Write common, combined, nginx, json, or the log_format of your nginx.")]
    [InlineData("path: /a, buckets: [1, 1], labels: { code: x }, exclude: [{}], paths: { templates: [users] }", "spec.buckets: These are no bucket bounds. Write at most 64 rising numbers of seconds, such as [0.1, 0.3, 1].|spec.labels: \"code\" cannot be a label here. Use letters, digits and underscores; log, code, method, path and le are taken.|spec.exclude[0]: This leaves out every request. Write path, method, code, userAgent or address, with * for any text.|spec.paths.templates: \"users\" is no path template. Write one such as /users/:id or /static/*.")]
    public void Read_WrongLogSource_ReportsEveryProblem(string spec, string expected) =>
        Assert.Equal(expected.Split('|'), Problems($"{{ apiVersion: nines/v1, kind: LogSource, metadata: {{ name: a }}, spec: {{ {spec} }} }}", whole: false));

    [Fact]
    public void Read_LogSource_TakesEveryField()
    {
        var source = Assert.IsType<LogSource>(Compile("""
            { apiVersion: nines/v1, kind: LogSource, metadata: { name: shop }, spec: { path: /a, format: json, fields: { time: t, durationUnit: ms },
              labels: { host: $host }, paths: { label: true, max: 9 }, buckets: [0.1, 1], exclude: [{ code: 4* }], startAt: end } }
            """).Spec);

        Assert.Equal(("shop", "/a", "json", "t", 1e-3), (source.Name, source.Path, source.Format, source.Fields.Time, source.Fields.DurationUnit));
        Assert.Equal((true, 9, true), (source.PathLabel, source.MaxPaths, source.StartAtEnd));
        Assert.Equal([0.1, 1], source.Buckets);
        Assert.Equal("4*", Assert.Single(source.Exclusions).Code);
    }

    private static CompiledManifest Compile(string text) => Kinds.Compile(Assert.Single(ManifestParser.Parse(text, null, new())));

    private static ProbeCheck Check(string spec) =>
        Assert.IsType<Probe>(Compile($"{{ apiVersion: nines/v1, kind: Probe, metadata: {{ name: a }}, spec: {{ {spec} }} }}").Spec).Check;

    private static IEnumerable<string> Problems(string text, bool whole) =>
        Compile(text).Problems.Select(problem => whole ? problem.ToString() : (problem with { Place = null }).ToString());
}
