using Nines.Measuring.Ingestion.Access;

namespace Nines.Measuring.Sources;

/// <summary>Another server that is read: manifest <c>openslo/v1 DataSource</c>.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Type">What kind of server; Nines reads <c>prometheus</c>.</param>
/// <param name="Url">Its address; null where the type is another or none is given.</param>
/// <param name="Access">How it lets Nines in.</param>
public sealed record DataSource(string Name, string Type, Uri? Url, HttpAccess Access)
{
    /// <summary>True where Nines can read it.</summary>
    public bool IsReadable => Type == "prometheus" && Url is not null;
}
