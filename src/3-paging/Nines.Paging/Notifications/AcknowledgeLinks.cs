using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Notifications;

/// <summary>
/// The link in a message that opens a page with one button. It is bound to page, person and end by the house's signature;
/// erasing the person ends all of their links, ending all signatures ends everybody's. Fetching it changes nothing.
/// </summary>
/// <param name="signer">Signs everything that is handed out and comes back.</param>
/// <param name="keys">People's keys.</param>
/// <param name="life">How long a link lives, from when its message was decided.</param>
public sealed class AcknowledgeLinks(SignedLinks signer, IPersonKeys keys, Duration life)
{
    /// <summary>Where these links lead.</summary>
    public const string Route = "/a/{token}";

    /// <summary>Where the link stands in a message that is still in the journal: nobody who reads that can acknowledge.</summary>
    public const string Place = "{acknowledge}";

    private const string Purpose = "page.acknowledge";
    private const int Longest = 300;

    /// <summary>The link's path; null where the person was erased.</summary>
    /// <param name="page">The page.</param>
    /// <param name="person">The person's opaque id.</param>
    /// <param name="decided">When the message was decided: every try says the same end.</param>
    /// <param name="stop">Ends the wait for the key.</param>
    public async ValueTask<string?> PathAsync(string page, string person, Instant decided, CancellationToken stop)
    {
        if (keys.Find(person) is null) return null;
        var subject = $"{page}.{person}";
        return $"/a/{subject}.{await signer.SignAsync(Purpose, subject, decided + life, decided, stop)}";
    }

    /// <summary>Checks a token in constant time: whose link it is, and about which page.</summary>
    /// <param name="token">As it came.</param>
    /// <param name="now">The time.</param>
    public Outcome<(string Page, string Person)> Check(string token, Instant now)
    {
        var parts = token.Length <= Longest ? token.Split('.', 3) : [];
        if (parts.Length != 3 || keys.Find(parts[1]) is null) return new Problem(ProblemKind.Denied, "This link is not one of ours.", "Open it exactly as it was sent, or find the page in Nines.");
        return signer.Check(Purpose, $"{parts[0]}.{parts[1]}", parts[2], now).Map(_ => (parts[0], parts[1]));
    }
}
