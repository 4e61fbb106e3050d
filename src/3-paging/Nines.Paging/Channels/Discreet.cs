namespace Nines.Paging.Channels;

/// <summary>What a provider says, fit for the journal: no address, no secret, no control characters, no novel. Pure.</summary>
public static class Discreet
{
    private const int Longest = 300;

    /// <summary>The reason without what nobody shall keep.</summary>
    public static string Of(string reason, string address, string? secret)
    {
        var text = Without(reason, secret);
        text = Without(text, address);
        // A provider may repeat a number without its sign, or an address percent-encoded.
        text = Without(text, address.TrimStart('+'));
        text = Without(text, Uri.EscapeDataString(address));
        return Shorten.To(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), Longest);
    }

    // What is shorter would blank ordinary words.
    private static string Without(string text, string? hidden) => hidden is { Length: > 5 } ? text.Replace(hidden, "…", StringComparison.OrdinalIgnoreCase) : text;
}
