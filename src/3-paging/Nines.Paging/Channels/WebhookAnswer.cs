using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Channels;

/// <summary>What a webhook's answer means: the pure rule.</summary>
public static class WebhookAnswer
{
    /// <summary>
    /// 2xx is accepted. 408, 425, 429 and 5xx are tried again, as late as the receiver asks. Everything else is final:
    /// 4xx says that the message or the address is wrong, and a redirect could lead the page anywhere.
    /// </summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="words">Its reason phrase.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>, or null.</param>
    /// <param name="now">For a <c>Retry-After</c> that names a date.</param>
    public static SendOutcome Judge(int status, string words, string? retryAfter, Instant now)
    {
        var said = $"The receiver answered {status}{(words.Length > 0 ? " " + words : "")}.";
        return status switch
        {
            >= 200 and < 300 => new(SendVerdict.Accepted, said),
            408 or 425 or 429 or >= 500 => new(SendVerdict.Retry, said, Wait(retryAfter, now)),
            >= 300 and < 400 => new(SendVerdict.Refused, said + " Redirects are not followed: give the final address."),
            _ => new(SendVerdict.Refused, said),
        };
    }

    private static Duration? Wait(string? text, Instant now)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return Duration.FromSeconds(Math.Min(seconds, 86_400));
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Duration.Max(Duration.Zero, Instant.FromDateTimeOffset(date) - now)
            : null;
    }
}
