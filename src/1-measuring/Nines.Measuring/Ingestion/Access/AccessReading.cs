using System.Net;
using Nines.Catalog.Manifests;

namespace Nines.Measuring.Ingestion.Access;

/// <summary>Reads the fields <c>token</c>, <c>basic</c>, <c>headers</c> and <c>tls</c>, which mean the same in every kind.</summary>
public static class AccessReading
{
    private static readonly string[] SecretHeaders = ["authorization", "cookie", "token", "key", "secret", "password"];

    /// <summary>What one mapping says.</summary>
    public static HttpAccess Of(Field parent, IEnumerable<Uri> pages) => Of(parent.Optional, pages);

    /// <summary>What the fields say, wherever they are found.</summary>
    /// <param name="find">Finds a field by its name.</param>
    /// <param name="pages">Where secrets will go: over cleartext HTTP they are noted.</param>
    public static HttpAccess Of(Func<string, Field> find, IEnumerable<Uri> pages)
    {
        var token = find("token");
        var (basic, tls) = (find("basic"), find("tls"));
        if (token.Given && basic.Given) basic.Wrong("Here stand both token and basic.", "Keep one of them.");
        var access = new HttpAccess { Token = token.Secret(), Basic = Basic(basic), Headers = Headers(find("headers")), Tls = Tls(tls) };
        if (access.HasSecrets && pages.FirstOrDefault(page => page.Scheme == "http" && !IsHere(page)) is { } clear)
            (token.Given ? token : basic.Given ? basic : find("headers")).Notes($"The secret goes to {clear.Host} in the clear.", "Write an address that begins with https://.");
        return access;
    }

    private static BasicLogin? Basic(Field field)
    {
        if (!field.Given) return null;
        var (user, password) = (field.Require("user", "Write user: with the name."), field.Require("password", "Write password: env:NAME or file:/absolute/path."));
        if (user.Text().Contains(':', StringComparison.Ordinal)) user.Wrong("A colon cannot stand in a user's name (RFC 7617).", "Remove it.");
        return password.Secret() is { } kept ? new(user.Text(), kept) : null;
    }

    private static List<AccessHeader> Headers(Field field)
    {
        var headers = new List<AccessHeader>();
        foreach (var (name, value) in field.TextMap())
        {
            var below = field.Below(name);
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) below.Wrong($"\"{name}\" is not the name of a header.", "Write letters, digits and hyphens.");
            else if (value.Any(char.IsControl)) below.Wrong("A header's value is one line.", "Remove the line break.");
            else if (SecretReference.TryParse(value, out var secret)) headers.Add(new(name, "", secret));
            else if (SecretHeaders.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))) below.Problems.PlainSecret(below.Path, below.Place);
            else headers.Add(new(name, value, null));
        }

        return headers;
    }

    private static TlsAccess? Tls(Field field)
    {
        if (!field.Given) return null;
        var (ca, cert, key, name) = (File(field, "caFile"), File(field, "certFile"), File(field, "keyFile"), field.Optional("serverName"));
        var skip = field.Optional("insecureSkipVerify").Flag() ?? false;
        if (cert is null != key is null) field.Wrong("A client certificate needs certFile and keyFile.", $"Write {(cert is null ? "certFile" : "keyFile")} too.");
        if (skip) field.Optional("insecureSkipVerify").Notes("Any certificate is taken: whoever stands in between can read and change what comes.", "Write caFile: with the certificate of the authority instead.");
        return new(ca, cert, key, name.Given ? name.Text() : null, skip);
    }

    private static string? File(Field field, string name)
    {
        var written = field.Optional(name);
        if (!written.Given) return null;
        var path = written.Text();
        if (path.StartsWith("file:", StringComparison.Ordinal)) path = path["file:".Length..];
        if (path.Contains("-----BEGIN", StringComparison.Ordinal)) written.Problems.PlainSecret(written.Path, written.Place);
        else if (!Path.IsPathRooted(path)) written.Wrong($"\"{path}\" is not an absolute path.", "Write one such as /etc/nines/ca.pem.");
        else return path;
        return null;
    }

    private static bool IsHere(Uri page) => page.IsLoopback || (IPAddress.TryParse(page.Host, out var address) && IPAddress.IsLoopback(address));
}
