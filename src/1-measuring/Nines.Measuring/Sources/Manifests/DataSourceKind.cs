using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;
using Nines.Measuring.Ingestion.Access;

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
        OpenSloFields.Description(spec);
        var type = spec.Require("type", "Write type: prometheus.");
        var details = spec.Require("connectionDetails", "Write connectionDetails: with url:.");
        if (type.Given && !type.Text().Equals("prometheus", StringComparison.OrdinalIgnoreCase))
        {
            type.Notes($"Nines does not read servers of type \"{type.Text()}\".", "Objectives over it stay without data; type: prometheus is read.");
            // Details of other types are not Nines' to judge, but a secret must not be kept in plain.
            OpenSloFields.RefuseSecrets(details);
            AllowAnything(details);
            return new DataSource(metadata.Name, type.Text(), null, HttpAccess.Open);
        }

        // OpenSLO allows anything here, and its own examples write a list of one-field mappings.
        var single = details.Node is ManifestSequence ? details.Items() : [details];
        var url = Find(single, "url") ?? details.Require("url", "Write url: with the address of the server, without /api.");
        var good = Uri.TryCreate(url.Text(), UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") && address.UserInfo.Length == 0;
        if (url.Given && !good) url.Wrong($"\"{(url.Text().Contains('@', StringComparison.Ordinal) ? "…" : url.Text())}\" is not an address that can be read.", "Write a whole URL that begins with https:// or http://, without a password; a token goes to token: env:NAME.");
        return new DataSource(metadata.Name, "prometheus", good ? address : null, AccessReading.Of(name => Find(single, name) ?? (single.FirstOrDefault(part => part.Node is ManifestMapping) ?? details).Optional(name), good ? [address!] : []));
    }

    private static Field? Find(IReadOnlyList<Field> parts, string name) =>
        parts.Where(p => p.Node is ManifestMapping).Select(p => p.Optional(name)).ToArray().FirstOrDefault(f => f.Given);

    private static void AllowAnything(Field field)
    {
        if (field.Node is ManifestSequence) foreach (var item in field.Items()) AllowAnything(item);
        if (field.Node is ManifestMapping mapping) foreach (var entry in mapping.Entries) field.Knows(entry.Name);
    }
}
