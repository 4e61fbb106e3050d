using Nines.Measuring.Ingestion.Access;
using NodaTime;

namespace Nines.Measuring.Probes;

/// <summary>Something that Nines asks from outside at regular times: manifest kind <c>Probe</c>.</summary>
/// <param name="Name">The manifest's name; the value of the label <c>probe</c>.</param>
/// <param name="Service">The service that it speaks for; may be empty.</param>
/// <param name="Interval">Time between two tries.</param>
/// <param name="Timeout">No try takes longer.</param>
/// <param name="Check">What is asked.</param>
/// <param name="Labels">Further labels.</param>
public sealed record Probe(string Name, string Service, Duration Interval, Duration Timeout, ProbeCheck Check, IReadOnlyList<KeyValuePair<string, string>> Labels);

/// <summary>What a probe asks.</summary>
public abstract record ProbeCheck;

/// <summary>An HTTP request.</summary>
/// <param name="Url">Whole address, http or https.</param>
/// <param name="Method">Such as GET.</param>
/// <param name="Statuses">Accepted statuses: <c>200</c> or <c>2xx</c>.</param>
/// <param name="Contains">Text that the body must hold; null for none.</param>
/// <param name="Redirects">Most redirects that are followed.</param>
/// <param name="AnyCertificate">Takes certificates that are not trusted.</param>
/// <param name="Access">Headers to send, and how the server lets Nines in.</param>
public sealed record HttpCheck(Uri Url, string Method, IReadOnlyList<string> Statuses, string? Contains, int Redirects, bool AnyCertificate, HttpAccess Access) : ProbeCheck;

/// <summary>A TCP connection.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="Expect">Text that the server must send first; null for none.</param>
public sealed record TcpCheck(string Host, int Port, string? Expect) : ProbeCheck;

/// <summary>A DNS question.</summary>
/// <param name="Server">Address of the name server.</param>
/// <param name="Port">Its port.</param>
/// <param name="Question">The name asked for.</param>
/// <param name="Type">A, AAAA, CNAME, MX, NS, TXT.</param>
/// <param name="Expect">Answers that must be among those given; none for any.</param>
public sealed record DnsCheck(string Server, int Port, string Question, string Type, IReadOnlyList<string> Expect) : ProbeCheck;

/// <summary>The certificate of a TLS server.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="ServerName">Name that the certificate must be for.</param>
/// <param name="MinRemaining">It must be valid for at least this long.</param>
public sealed record TlsCheck(string Host, int Port, string ServerName, Duration MinRemaining) : ProbeCheck;

/// <summary>What came of one try.</summary>
/// <param name="Good">It went as declared.</param>
/// <param name="Reason">Why not, as a word or two for a label; empty where it did.</param>
/// <param name="Detail">The same as a sentence, for people.</param>
public sealed record ProbeResult(bool Good, string Reason = "", string Detail = "")
{
    /// <summary>How long the certificate is valid yet; null where none was seen.</summary>
    public Duration? CertificateRemaining { get; init; }

    /// <summary>It went as declared.</summary>
    public static ProbeResult Fine { get; } = new(true);

    /// <summary>It did not.</summary>
    public static ProbeResult Bad(string reason, string detail) => new(false, reason, detail);
}
