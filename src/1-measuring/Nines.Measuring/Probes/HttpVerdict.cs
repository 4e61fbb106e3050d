using System.Text;

namespace Nines.Measuring.Probes;

/// <summary>Judges an HTTP answer. Pure.</summary>
internal static class HttpVerdict
{
    /// <summary>Most of a body that is read when a text is looked for.</summary>
    public const int MaxBody = 1 << 20;

    /// <summary>Whether a status is among the accepted ones (<c>200</c>, <c>2xx</c>).</summary>
    public static bool Accepts(IReadOnlyList<string> accepted, int status)
    {
        foreach (var one in accepted)
        {
            if (one.Length != 3) continue;
            if (one.EndsWith("xx", StringComparison.OrdinalIgnoreCase) ? one[0] - '0' == status / 100 : one == status.ToString()) return true;
        }

        return false;
    }

    /// <summary>The verdict over status and body; the body is null where nothing is looked for in it.</summary>
    public static ProbeResult Of(HttpCheck check, int status, ReadOnlySpan<byte> body)
    {
        if (!Accepts(check.Statuses, status)) return ProbeResult.Bad("status", $"The server answered {status}; accepted is {string.Join(", ", check.Statuses)}.");
        if (check.Contains is { } text && body.IndexOf(Encoding.UTF8.GetBytes(text)) < 0) return ProbeResult.Bad("body", $"The body does not hold \"{text}\".");
        return ProbeResult.Fine;
    }

    /// <summary>Where a redirect leads; null where it leads nowhere that a probe goes.</summary>
    public static Uri? Next(Uri from, int status, string? location) =>
        status is 301 or 302 or 303 or 307 or 308 && location is not null && Uri.TryCreate(from, location, out var next) && (next.Scheme is "http" or "https") ? next : null;
}
