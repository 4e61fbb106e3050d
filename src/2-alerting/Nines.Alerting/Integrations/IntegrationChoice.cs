using System.Security.Cryptography;
using System.Text;
using Nines.Catalog.Manifests;
using Nines.Kernel;

namespace Nines.Alerting.Integrations;

/// <summary>
/// Which integration a request belongs to. A key that is declared is its own proof, compared in constant time. Without
/// one, whoever may send to the house (an open house, or a token for it) may use what asks for no key, and senders that
/// nobody declared; each key is then a sender of its own.
/// </summary>
internal static class IntegrationChoice
{
    /// <summary>The integration of a kind by the key that a request brought.</summary>
    /// <param name="declared">All that manifests declare.</param>
    /// <param name="kind">The door's kind.</param>
    /// <param name="key">As brought; empty for none.</param>
    /// <param name="secret">Reads a secret.</param>
    /// <param name="trusted">True where the caller may send without a declared key.</param>
    public static Outcome<Integration> ByKey(IReadOnlyList<Integration> declared, IntegrationKind kind, string key, Func<SecretReference, Outcome<string>> secret, bool trusted)
    {
        var ofKind = declared.Where(i => i.Kind == kind).ToArray();
        Problem? unread = null;
        Integration? found = null;
        // All are compared, also after a hit: the time says nothing about which one it was.
        foreach (var one in ofKind)
        {
            if (one.Key is not { } reference) continue;
            var wanted = secret(reference);
            if (!wanted.Ok) unread = wanted.Problems[0];
            else if (Same(key, wanted.Value)) found ??= one;
        }

        if (found is not null) return found;
        if (trusted && ofKind.FirstOrDefault(i => i.Key is null) is { } open) return open;
        if (unread is not null) return unread with { Kind = ProblemKind.Unavailable };
        return ofKind.Length == 0 && trusted ? Undeclared(kind, key) : Denied(key);
    }

    /// <summary>The integration of a name; its key must be brought where it has one.</summary>
    public static Outcome<Integration> ByName(IReadOnlyList<Integration> declared, IntegrationKind kind, string name, string key, Func<SecretReference, Outcome<string>> secret, bool trusted)
    {
        if (declared.FirstOrDefault(i => i.Name == name && i.Kind == kind) is not { } one)
        {
            if (!trusted) return Denied(key);
            return IsName(name)
                ? new Integration { Name = name, DisplayName = name, Kind = kind }
                : Problem.Invalid($"\"{SentText.Cut(name, 80)}\" cannot be the name of a sender.", "Write lower-case letters, digits, dots, underscores and hyphens, at most 63.");
        }

        if (one.Key is not { } reference) return trusted ? one : Denied(key);
        var wanted = secret(reference);
        if (!wanted.Ok) return wanted.Problems[0] with { Kind = ProblemKind.Unavailable };
        return Same(key, wanted.Value) ? one : Denied(key);
    }

    /// <summary>The sender that just came: named after its kind, and after its key where it brought one, so that two keys never share dedup keys.</summary>
    public static Integration Undeclared(IntegrationKind kind, string key)
    {
        var word = Integration.WordOf(kind);
        var name = key.Length == 0 ? word : $"{word}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..8]}";
        return new() { Name = name, DisplayName = name, Kind = kind };
    }

    private static bool Same(string brought, string wanted) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(brought)), SHA256.HashData(Encoding.UTF8.GetBytes(wanted)));

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    private static Problem Denied(string key) => new(
        ProblemKind.Denied, key.Length == 0 ? "This door asks for a key, and none was brought." : "No integration has this key.", "Use the address and key that the page of integrations shows.");
}
