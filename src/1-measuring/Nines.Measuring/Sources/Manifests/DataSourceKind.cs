using Nines.Catalog.Manifests;

namespace Nines.Measuring.Sources.Manifests;

/// <summary><c>openslo/v1 DataSource</c>: a server that objectives are read from.</summary>
internal sealed class DataSourceKind : ManifestKind<DataSource>
{
    /// <inheritdoc />
    public override string ApiVersion => "openslo/v1";

    /// <inheritdoc />
    public override string Kind => "DataSource";

    /// <inheritdoc />
    public override string Summary => "A server that objectives are read from; Nines reads Prometheus-compatible ones.";

    /// <inheritdoc />
    public override string Example => """
        apiVersion: openslo/v1
        kind: DataSource
        metadata: { name: prometheus }
        spec:
          type: prometheus
          connectionDetails:
            url: http://prometheus.example.com:9090

        """;

    /// <inheritdoc />
    protected override DataSource? Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        spec.Knows("description");
        var type = spec.Require("type", "Write type: prometheus.");
        var details = spec.Require("connectionDetails", "Write connectionDetails: with url:.");
        if (type.Given && !type.Text().Equals("prometheus", StringComparison.OrdinalIgnoreCase))
        {
            type.Notes($"Nines does not read servers of type \"{type.Text()}\".", "Objectives over it stay without data; type: prometheus is read.");
            // Details of other types are not Nines' to judge.
            details.TextMap();
            return new DataSource(metadata.Name, type.Text(), null, null, []);
        }

        var url = details.Require("url", "Write url: with the address of the server, without /api.");
        var good = Uri.TryCreate(url.Text(), UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") && address.UserInfo.Length == 0;
        if (url.Given && !good) url.Wrong($"\"{(url.Text().Contains('@', StringComparison.Ordinal) ? "…" : url.Text())}\" is not an address that can be read.", "Write a whole URL that begins with https:// or http://, without a password; a token goes to token: env:NAME.");
        return new DataSource(metadata.Name, "prometheus", good ? address : null, details.Optional("token").Secret(), [.. details.Optional("headers").TextMap()]);
    }
}
