using Nines.Measuring.Signals;

namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>Builds the labels of one series from its resource, scope and point, as Prometheus' OTLP endpoint does.</summary>
/// <remarks>
/// <c>job</c> is service.namespace/service.name, <c>instance</c> is service.instance.id; the resource attributes in <see cref="Promoted"/>
/// become labels, the others do not (they describe the process, not the series). Scope name and attributes come as <c>otel_scope_…</c>.
/// Two attributes that fall on one label name are joined by ";" in the order of their keys.
/// </remarks>
internal sealed class OtlpLabels
{
    /// <summary>Most attributes a point may carry.</summary>
    public const int MaxAttributes = 128;

    /// <summary>Longest label value in characters.</summary>
    public const int MaxValue = 4096;

    // The list that Prometheus' OTLP guide recommends for promote_resource_attributes.
    private static readonly HashSet<string> Promoted =
    [
        "service.instance.id", "service.name", "service.namespace", "service.version", "cloud.availability_zone", "cloud.region", "container.name",
        "deployment.environment", "deployment.environment.name", "k8s.cluster.name", "k8s.container.name", "k8s.cronjob.name", "k8s.daemonset.name",
        "k8s.deployment.name", "k8s.job.name", "k8s.namespace.name", "k8s.pod.name", "k8s.replicaset.name", "k8s.statefulset.name",
    ];

    private readonly List<KeyValuePair<string, string>> _pairs = [];
    private readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);

    /// <summary>Gathers the labels of one point (without <c>__name__</c>); answers why it cannot, or null.</summary>
    public OtlpRefusal? Gather(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope, ReadOnlySpan<byte> point, OtlpKind kind)
    {
        _labels.Clear();
        if (Read(point, OtlpPoint.AttributesField(kind)) is { } wrongPoint) return wrongPoint;
        foreach (var (key, value) in _pairs) Join(OtlpNames.Label(key), value);
        if (Read(scope, 3) is { } wrongScope) return wrongScope;
        foreach (var (key, value) in _pairs) _labels.TryAdd("otel_scope_" + OtlpNames.Label(key), value);
        if (!TryScopeName(scope, out var scopeName)) return OtlpRefusal.NotText;
        if (scopeName.Length > 0) _labels["otel_scope_name"] = scopeName;
        if (Read(resource, 1) is { } wrongResource) return wrongResource;
        foreach (var (key, value) in _pairs)
            if (Promoted.Contains(key)) _labels.TryAdd(OtlpNames.Label(key), value);
        Identify();
        _labels.Remove(Labels.MetricName);
        _labels.Remove("");
        foreach (var value in _labels.Values)
            if (value.Length > MaxValue) return OtlpRefusal.LongValue;
        return null;
    }

    /// <summary>The labels gathered last, with the series' name and, where given, one label more; empty values are left out.</summary>
    public List<Label> With(string name, string? extraName = null, string extraValue = "")
    {
        var list = new List<Label>(_labels.Count + 2) { new(Labels.MetricName, name) };
        foreach (var pair in _labels)
            if (pair.Value.Length > 0 && pair.Key != extraName) list.Add(new(pair.Key, pair.Value));
        if (extraName is not null) list.Add(new(extraName, extraValue));
        return list;
    }

    // job and instance from the resource's identity; they win over attributes of the same name.
    private void Identify()
    {
        string name = "", space = "", instance = "";
        foreach (var (key, value) in _pairs)
        {
            if (key == "service.name") name = value;
            else if (key == "service.namespace") space = value;
            else if (key == "service.instance.id") instance = value;
        }

        if (name.Length > 0) _labels["job"] = space.Length > 0 ? space + "/" + name : name;
        if (instance.Length > 0) _labels["instance"] = instance;
    }

    private void Join(string label, string value)
    {
        if (!_labels.TryAdd(label, value)) _labels[label] += ";" + value;
    }

    private OtlpRefusal? Read(ReadOnlySpan<byte> message, int attributesField)
    {
        _pairs.Clear();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field != attributesField || reader.Wire != 2)
            {
                reader.Skip();
                continue;
            }

            if (_pairs.Count == MaxAttributes) return OtlpRefusal.ManyAttributes;
            if (!OtlpAttributes.TryRead(reader.Bytes(), out var key, out var value)) return OtlpRefusal.NotText;
            _pairs.Add(new(key, value));
        }

        _pairs.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return null;
    }

    private static bool TryScopeName(ReadOnlySpan<byte> scope, out string name)
    {
        name = "";
        var reader = new ProtoReader(scope);
        while (reader.Next())
        {
            if (reader is not { Field: 1, Wire: 2 }) reader.Skip();
            else if (!OtlpAttributes.TryText(reader.Bytes(), out name)) return false;
        }

        return true;
    }
}
