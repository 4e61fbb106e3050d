using Nines.Catalog.Manifests;
using Nines.Measuring.Indicators;

namespace Nines.Measuring.Objectives.Manifests;

/// <summary><c>openslo/v1 DataSource</c>.</summary>
internal sealed class DataSourceKind : ManifestKind<DataSource>
{
    public override string ApiVersion => OpenSloFields.Version;

    public override string Kind => "DataSource";

    public override string Summary => "A server that SLIs are read from, such as a Prometheus.";

    public override string Example => """
        apiVersion: openslo/v1
        kind: DataSource
        metadata:
          name: main-prometheus
        spec:
          description: The Prometheus of the shop's cluster.
          type: prometheus
          connectionDetails:
            url: http://127.0.0.1:9090
            bearerToken: env:PROMETHEUS_TOKEN

        """;

    protected override DataSource Read(Field document, ManifestMetadata metadata)
    {
        var spec = document.Require("spec");
        OpenSloFields.Description(spec);
        var type = spec.Require("type", "Write type: prometheus.").Text().ToLowerInvariant();
        var details = spec.Optional("connectionDetails");
        var url = Detail(details, "url");
        var source = new DataSource(metadata.Name, type, ReadUrl(url, type, spec));
        if (type != DataSource.Prometheus)
        {
            OpenSloFields.RefuseSecrets(details);
            AllowAnything(details);
            if (type is not ("" or DataSource.Native)) spec.Optional("type").Notes($"Nines does not read {spec.Optional("type").Text()} yet; objectives over it have no data.", "Send its counts to Nines, or use a Prometheus-compatible server.");
            return source;
        }

        source = source with
        {
            BearerToken = ReadSecret(Detail(details, "bearerToken")),
            Username = Detail(details, "username").Text() is { Length: > 0 } user ? user : null,
            Password = ReadSecret(Detail(details, "password")),
            Headers = Detail(details, "headers").TextMap(),
        };
        OpenSloFields.RefuseSecrets(details);
        AllowAnything(details);
        return source;
    }

    /// <summary>Published examples write the details as a mapping or as a list of one-field mappings; OpenSLO allows anything.</summary>
    private static Field Detail(Field details, string name)
    {
        if (details.Node is not ManifestSequence) return details.Optional(name);
        return details.Items().Select(i => i.Node is ManifestMapping ? i.Optional(name) : i).FirstOrDefault(f => f.Given && f.Path.EndsWith("." + name, StringComparison.Ordinal))
            ?? details.Items().FirstOrDefault(i => i.Node is ManifestMapping)?.Optional(name) ?? details;
    }

    private static SecretReference? ReadSecret(Field field) =>
        field.Node is ManifestScalar scalar && SecretReference.TryParse(scalar.Text, out var reference) ? reference : null;

    private static void AllowAnything(Field field)
    {
        if (field.Node is ManifestSequence) foreach (var item in field.Items()) AllowAnything(item);
        if (field.Node is ManifestMapping mapping) foreach (var entry in mapping.Entries) field.Knows(entry.Name);
    }

    private static Uri? ReadUrl(Field field, string type, Field spec)
    {
        if (field.Node is not ManifestScalar || !field.Given)
        {
            if (type == DataSource.Prometheus) spec.Require("connectionDetails", "Write connectionDetails: { url: http://… }.").Require("url", "Write url: with the server's address.");
            return null;
        }

        if (Uri.TryCreate(field.Text(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0) return url;
        if (url is { UserInfo.Length: > 0 }) field.Wrong("A secret must not stand in a manifest, but this address carries a password.", "Write username: and password: env:NAME beside url:.");
        else if (type == DataSource.Prometheus) field.Wrong($"\"{field.Text()}\" is not an address.", "Write one such as http://127.0.0.1:9090.");
        return null;
    }
}
