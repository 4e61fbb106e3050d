using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Nines.Kernel;

/// <summary>
/// Signs links that are handed out and come back: what they are for, what they mean and when they end is under an
/// HMAC-SHA256, so that nobody can make or stretch one. The keys stand beside people's keys, one for each month, so
/// that they rotate by themselves; a signature names its key.
/// </summary>
/// <remarks>A signature is not bound to one use: a link that may be used once needs an event that it was.</remarks>
public sealed class SignedLinks(IPersonKeys keys)
{
    // 128 bits of the code: short enough for a text message, and nobody can try 2^127 requests.
    private const int CodeSize = 16;

    // Links live a year at most, so that a key of fourteen months ago signs nothing that still counts.
    private const int Months = 14;

    /// <summary>The longest life of a link.</summary>
    public static Duration Longest { get; } = Duration.FromDays(366);

    /// <summary>A signature over a purpose and a subject: <c>202611.5kqk3a.…</c>, safe within an address.</summary>
    /// <param name="purpose">Which door it is for, such as <c>page.acknowledge</c>: a link for one door opens no other.</param>
    /// <param name="subject">What it means, such as the id of an effect.</param>
    /// <param name="expires">When it ends; at most <see cref="Longest"/> from now.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Ends the wait for the key.</param>
    public async ValueTask<string> SignAsync(string purpose, string subject, Instant expires, Instant now, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expires, now + Longest);
        var month = MonthOf(now);
        var until = expires.ToUnixTimeSeconds();
        var key = await keys.GetOrCreateAsync(NameOf(month), stop);
        return $"{month}.{until:x}.{Base64Url.EncodeToString(Code(key, purpose, subject, month, until))}";
    }

    /// <summary>Checks a signature in constant time; the answer says only whether it counts now.</summary>
    public Outcome<Instant> Check(string purpose, string subject, string? signature, Instant now)
    {
        var parts = (signature ?? "").Split('.');
        if (parts.Length != 3 || !IsRecent(parts[0], now)
            || !long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var until)
            || keys.Find(NameOf(parts[0])) is not { } key) return Forged;
        // Compared as text: each code has one writing, and no decoder stands before the check.
        var ours = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Code(key, purpose, subject, parts[0], until)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(parts[2]), ours)) return Forged;
        return until > now.ToUnixTimeSeconds()
            ? Instant.FromUnixTimeSeconds(until)
            : new Problem(ProblemKind.Denied, "This link has expired.", "Open the newest message, or find it in Nines after signing in.");
    }

    /// <summary>Ends every link that was ever signed: for the day on which keys may have leaked.</summary>
    public async Task EndAllAsync(Instant now, CancellationToken stop)
    {
        foreach (var month in RecentMonths(now)) await keys.EraseAsync(NameOf(month), stop);
    }

    private static Problem Forged => new(ProblemKind.Denied, "This link is not one of ours.", "Open it exactly as it was sent, or find the page in Nines after signing in.");

    private static string NameOf(string month) => "links:" + month;

    private static string MonthOf(Instant at) => at.InUtc().ToString("uuuuMM", CultureInfo.InvariantCulture);

    private static bool IsRecent(string month, Instant now) => month.Length == 6 && RecentMonths(now).Contains(month, StringComparer.Ordinal);

    // One ahead: clocks of two nodes may disagree over midnight.
    private static IEnumerable<string> RecentMonths(Instant now)
    {
        var first = now.InUtc().Date.With(DateAdjusters.StartOfMonth);
        return Enumerable.Range(-1, Months + 1).Select(back => first.PlusMonths(-back).ToString("uuuuMM", CultureInfo.InvariantCulture));
    }

    // Lengths stand before texts: no two pairs of purpose and subject read alike.
    private static byte[] Code(byte[] key, string purpose, string subject, string month, long until) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{month}.{until}.{purpose.Length}:{purpose}{subject.Length}:{subject}")))[..CodeSize];
}
