namespace Nines.Alerting.Integrations.Mail;

/// <summary>The address that a mail for an integration goes to: <c>NAME@anything</c>, or <c>NAME+KEY@anything</c>.</summary>
/// <param name="Name">The integration.</param>
/// <param name="Key">Its key; empty where none was written.</param>
internal sealed record IntegrationAddress(string Name, string Key)
{
    /// <summary>Reads one.</summary>
    public static IntegrationAddress Read(string address)
    {
        var at = address.LastIndexOf('@');
        var local = (at < 0 ? address : address[..at]).Trim('"');
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? new(local.ToLowerInvariant(), "") : new(local[..plus].ToLowerInvariant(), local[(plus + 1)..]);
    }
}
