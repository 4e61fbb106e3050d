using System.Net;
using Nines.Catalog.Manifests;
using Nines.Measuring.Ingestion.Access;
using NodaTime;

namespace Nines.Measuring.Probes.Manifests;

/// <summary><c>nines/v1 Probe</c>: something to ask from outside at regular times.</summary>
internal sealed class ProbeKind : ManifestKind<Probe>
{
    private static readonly Duration Second = Duration.FromSeconds(1), Day = Duration.FromDays(1);

    /// <inheritdoc />
    public override string ApiVersion => "nines/v1";

    /// <inheritdoc />
    public override string Kind => "Probe";

    /// <inheritdoc />
    public override string Summary => "Asks a service from outside (HTTP, TCP, DNS or the expiry of a TLS certificate) and counts how it went.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: nines/v1
        kind: Probe
        metadata: { name: shop-front }
        spec:
          service: shop
          interval: 30s
          timeout: 5s
          http:
            url: https://shop.example.com/
            expectStatus: [2xx]
            bodyContains: Basket

        """;

    /// <inheritdoc />
    protected override Probe? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        var interval = Within(spec.Optional("interval"), Duration.FromSeconds(30), Second, Day);
        var fallback = Duration.Min(interval, Duration.FromSeconds(10));
        var timeout = Within(spec.Optional("timeout"), fallback, Duration.FromMilliseconds(10), interval);
        var labels = Labels(spec.Optional("labels"));
        var service = spec.Optional("service").Text();
        Field[] kinds = [spec.Optional("http"), spec.Optional("tcp"), spec.Optional("dns"), spec.Optional("tls")];
        var given = kinds.Count(kind => kind.Given);
        if (given != 1) spec.Wrong(given == 0 ? "Nothing is asked." : "Several things are asked at once.", "Write exactly one of http, tcp, dns and tls.");
        ProbeCheck?[] checks = [Http(kinds[0]), Tcp(kinds[1]), Dns(kinds[2]), Tls(kinds[3])];
        return checks.FirstOrDefault(check => check is not null) is { } made ? new Probe(metadata.Name, service, interval, timeout, made, labels) : null;
    }

    private static HttpCheck? Http(Field field)
    {
        if (!field.Given) return null;
        var written = field.Require("url", "Write url: with the whole address.");
        var good = Uri.TryCreate(written.Text(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
        if (written.Given && !good) written.Wrong($"\"{written.Text()}\" is not an address that can be called.", "Write a whole URL that begins with https:// or http://.");
        var statuses = field.Optional("expectStatus");
        IReadOnlyList<string> accepted = statuses.Given ? statuses.Texts() : ["2xx"];
        foreach (var status in accepted)
            if (status.Length != 3 || status[0] is < '1' or > '5' || !(status[1..] is "xx" or "XX" || (char.IsAsciiDigit(status[1]) && char.IsAsciiDigit(status[2])))) statuses.Wrong($"\"{status}\" is no HTTP status.", "Write statuses such as 200 or 2xx.");
        var method = field.Optional("method") is { Given: true } chosen ? chosen.Choice("GET", "HEAD", "POST", "PUT", "OPTIONS") : "GET";
        var contains = field.Optional("bodyContains");
        return new HttpCheck(
            good ? url! : new Uri("http://localhost"), method ?? "GET", accepted, contains.Given ? contains.Text() : null,
            (int)(field.Optional("redirects").Integer(0, 20) ?? 5), field.Optional("anyCertificate").Flag() ?? false,
            AccessReading.Of(field, good ? [url!] : []));
    }

    private static TcpCheck? Tcp(Field field)
    {
        if (!field.Given) return null;
        var (host, port) = Address(field.Require("address", "Write address: as host:port."), null);
        return new TcpCheck(host, port, field.Optional("expect") is { Given: true } expect ? expect.Text() : null);
    }

    private static DnsCheck? Dns(Field field)
    {
        if (!field.Given) return null;
        var server = field.Require("server", "Write server: with the address of a name server.");
        var (host, port) = Address(server, 53);
        if (server.Given && !IPAddress.TryParse(host, out _)) server.Wrong($"\"{host}\" is not an IP address.", "Write the address of the name server itself, such as 192.0.2.53.");
        var name = field.Require("name", "Write name: with the name to ask for.");
        var type = field.Optional("type").Choice([.. DnsMessage.KnownTypes]) ?? "A";
        if (name.Given && DnsMessage.Question(0, name.Text(), type) is null) name.Wrong($"\"{name.Text()}\" is not a name that can be asked for.", "Write one such as shop.example.com, in its ASCII form.");
        return new DnsCheck(host, port, name.Text(), type, field.Optional("expect").Texts());
    }

    private static TlsCheck? Tls(Field field)
    {
        if (!field.Given) return null;
        var (host, port) = Address(field.Require("address", "Write address: as host:port."), 443);
        var name = field.Optional("serverName");
        return new TlsCheck(host, port, name.Given ? name.Text() : host, Within(field.Optional("minRemaining"), Duration.FromDays(14), Duration.Zero, Duration.FromDays(3660)));
    }

    private static (string Host, int Port) Address(Field field, int? usual)
    {
        var text = field.Text();
        if (text.Length == 0) return ("localhost", usual ?? 1);
        var colon = text.LastIndexOf(':');
        var bare = text.StartsWith('[') ? text.EndsWith(']') : colon < 0 || IPAddress.TryParse(text, out var whole) && whole.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        if (bare && usual is { } port) return (text.Trim('[', ']'), port);
        if (!bare && colon > 0 && int.TryParse(text.AsSpan(colon + 1), out var written) && written is > 0 and < 65536) return (text[..colon].Trim('[', ']'), written);
        field.Wrong($"\"{text}\" is no address.", "Write host:port, with an IPv6 address in brackets.");
        return ("localhost", usual ?? 1);
    }

    private static Duration Within(Field field, Duration usual, Duration least, Duration most)
    {
        if (field.Duration() is not { } written) return usual;
        if (written >= least && written <= most) return written;
        field.Wrong($"{Kernel.FieldDuration.Format(written)} is too {(written < least ? "short" : "long")}.", $"Write {Kernel.FieldDuration.Format(least)} to {Kernel.FieldDuration.Format(most)}.");
        return usual;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Labels(Field field)
    {
        var labels = field.TextMap();
        foreach (var name in labels.Keys)
            if (name is "probe" or "service" or "outcome" or "reason" or "le" || name.Length == 0 || char.IsAsciiDigit(name[0]) || name.StartsWith("__", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                field.Wrong($"\"{name}\" cannot be a label here.", "Use letters, digits and underscores; probe, service, outcome, reason and le are taken.");
        return [.. labels];
    }
}
