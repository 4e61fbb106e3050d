using Nines.Catalog.Manifests;

namespace Nines.Measuring.Indicators;

/// <summary>A server that indicators are read from (<c>openslo/v1 DataSource</c>).</summary>
/// <param name="Name">As <c>metricSourceRef</c> names it.</param>
/// <param name="Type">Lower case: <c>prometheus</c>, or what Nines keeps and cannot read.</param>
/// <param name="Url">Where it answers; null where none is given or it needs none.</param>
public sealed record DataSource(string Name, string Type, Uri? Url)
{
    /// <summary>The type that Nines reads by API.</summary>
    public const string Prometheus = "prometheus";

    /// <summary>What Nines takes in itself.</summary>
    public const string Native = "nines";

    /// <summary>Sent as <c>Authorization: Bearer</c>; null for none.</summary>
    public SecretReference? BearerToken { get; init; }

    /// <summary>User of basic authentication; null for none.</summary>
    public string? Username { get; init; }

    /// <summary>Password of basic authentication; null for none.</summary>
    public SecretReference? Password { get; init; }

    /// <summary>Further headers, such as a tenant; plain ones.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
