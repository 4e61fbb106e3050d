namespace Nines.Measuring.Ingestion.Otlp;

/// <summary>How a field of an OTLP message stands in JSON and in protobuf.</summary>
internal enum OtlpFieldKind
{
    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>true or false, a varint on the wire.</summary>
    Bool,

    /// <summary>A signed number, a varint on the wire; in JSON a number or a decimal text.</summary>
    Int64,

    /// <summary>An unsigned number, a varint on the wire; repeated ones are packed.</summary>
    UInt64,

    /// <summary>A zig-zag coded number.</summary>
    SInt32,

    /// <summary>An unsigned number of eight bytes; repeated ones are packed.</summary>
    Fixed64,

    /// <summary>A signed number of eight bytes.</summary>
    SFixed64,

    /// <summary>A double; in JSON also "NaN", "Infinity", "-Infinity"; repeated ones are packed.</summary>
    Double,

    /// <summary>AggregationTemporality: its number or its name.</summary>
    Temporality,

    /// <summary>Bytes, base64 in JSON.</summary>
    Bytes,

    /// <summary>A nested message.</summary>
    Message,
}

/// <summary>One field of an OTLP message: its number and form.</summary>
internal sealed record OtlpField(int Number, OtlpFieldKind Kind, bool Repeated = false, OtlpMessage? Message = null);

/// <summary>One OTLP message: its fields by their JSON names.</summary>
internal sealed class OtlpMessage(string name)
{
    private readonly Dictionary<string, OtlpField> _fields = [];

    /// <summary>The message's name in the .proto files.</summary>
    public string Name { get; } = name;

    /// <summary>The field of a JSON name (lowerCamelCase as the specification says, or the .proto file's own name), or null.</summary>
    public OtlpField? Find(string jsonName) => _fields.GetValueOrDefault(jsonName);

    internal OtlpMessage With(string protoName, OtlpField field)
    {
        _fields[protoName] = field;
        _fields[CamelCase(protoName)] = field;
        return this;
    }

    private static string CamelCase(string protoName)
    {
        var parts = protoName.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }
}

/// <summary>The messages of an OTLP metrics export, with the field numbers of opentelemetry-proto 1.x (metrics/v1, resource/v1, common/v1).</summary>
internal static class OtlpSchema
{
    /// <summary>What a sender posts: ExportMetricsServiceRequest.</summary>
    public static OtlpMessage Request { get; } = Build();

    private static OtlpMessage Build()
    {
        var attributes = Attributes();
        var number = new OtlpMessage("NumberDataPoint")
            .With("attributes", Many(7, attributes)).With("start_time_unix_nano", One(2, OtlpFieldKind.Fixed64))
            .With("time_unix_nano", One(3, OtlpFieldKind.Fixed64)).With("as_double", One(4, OtlpFieldKind.Double))
            .With("as_int", One(6, OtlpFieldKind.SFixed64)).With("flags", One(8, OtlpFieldKind.UInt64));
        var metric = new OtlpMessage("Metric")
            .With("name", One(1, OtlpFieldKind.Text)).With("unit", One(3, OtlpFieldKind.Text))
            .With("gauge", One(5, Data("Gauge", number))).With("sum", One(7, Data("Sum", number).With("is_monotonic", One(3, OtlpFieldKind.Bool))))
            .With("histogram", One(9, Data("Histogram", Histogram(attributes))))
            .With("exponential_histogram", One(10, Data("ExponentialHistogram", Exponential(attributes))))
            .With("summary", One(11, Data("Summary", Summary(attributes))));
        var scope = new OtlpMessage("InstrumentationScope")
            .With("name", One(1, OtlpFieldKind.Text)).With("version", One(2, OtlpFieldKind.Text)).With("attributes", Many(3, attributes));
        var scopeMetrics = new OtlpMessage("ScopeMetrics").With("scope", One(1, scope)).With("metrics", Many(2, metric));
        var resource = new OtlpMessage("Resource").With("attributes", Many(1, attributes));
        var resourceMetrics = new OtlpMessage("ResourceMetrics").With("resource", One(1, resource)).With("scope_metrics", Many(2, scopeMetrics));
        return new OtlpMessage("ExportMetricsServiceRequest").With("resource_metrics", Many(1, resourceMetrics));
    }

    private static OtlpMessage Attributes()
    {
        var value = new OtlpMessage("AnyValue");
        var pair = new OtlpMessage("KeyValue").With("key", One(1, OtlpFieldKind.Text)).With("value", One(2, value));
        value.With("string_value", One(1, OtlpFieldKind.Text)).With("bool_value", One(2, OtlpFieldKind.Bool))
            .With("int_value", One(3, OtlpFieldKind.Int64)).With("double_value", One(4, OtlpFieldKind.Double))
            .With("array_value", One(5, new OtlpMessage("ArrayValue").With("values", Many(1, value))))
            .With("kvlist_value", One(6, new OtlpMessage("KeyValueList").With("values", Many(1, pair))))
            .With("bytes_value", One(7, OtlpFieldKind.Bytes));
        return pair;
    }

    private static OtlpMessage Histogram(OtlpMessage attributes) => new OtlpMessage("HistogramDataPoint")
        .With("attributes", Many(9, attributes)).With("start_time_unix_nano", One(2, OtlpFieldKind.Fixed64))
        .With("time_unix_nano", One(3, OtlpFieldKind.Fixed64)).With("count", One(4, OtlpFieldKind.Fixed64))
        .With("sum", One(5, OtlpFieldKind.Double)).With("bucket_counts", Many(6, OtlpFieldKind.Fixed64))
        .With("explicit_bounds", Many(7, OtlpFieldKind.Double)).With("flags", One(10, OtlpFieldKind.UInt64));

    private static OtlpMessage Exponential(OtlpMessage attributes)
    {
        var buckets = new OtlpMessage("Buckets").With("offset", One(1, OtlpFieldKind.SInt32)).With("bucket_counts", Many(2, OtlpFieldKind.UInt64));
        return new OtlpMessage("ExponentialHistogramDataPoint")
            .With("attributes", Many(1, attributes)).With("start_time_unix_nano", One(2, OtlpFieldKind.Fixed64))
            .With("time_unix_nano", One(3, OtlpFieldKind.Fixed64)).With("count", One(4, OtlpFieldKind.Fixed64))
            .With("sum", One(5, OtlpFieldKind.Double)).With("scale", One(6, OtlpFieldKind.SInt32))
            .With("zero_count", One(7, OtlpFieldKind.Fixed64)).With("positive", One(8, buckets)).With("negative", One(9, buckets))
            .With("flags", One(10, OtlpFieldKind.UInt64)).With("zero_threshold", One(14, OtlpFieldKind.Double));
    }

    private static OtlpMessage Summary(OtlpMessage attributes) => new OtlpMessage("SummaryDataPoint")
        .With("attributes", Many(7, attributes)).With("start_time_unix_nano", One(2, OtlpFieldKind.Fixed64))
        .With("time_unix_nano", One(3, OtlpFieldKind.Fixed64)).With("count", One(4, OtlpFieldKind.Fixed64))
        .With("sum", One(5, OtlpFieldKind.Double))
        .With("quantile_values", Many(6, new OtlpMessage("ValueAtQuantile").With("quantile", One(1, OtlpFieldKind.Double)).With("value", One(2, OtlpFieldKind.Double))))
        .With("flags", One(8, OtlpFieldKind.UInt64));

    private static OtlpMessage Data(string name, OtlpMessage point) => new OtlpMessage(name)
        .With("data_points", Many(1, point)).With("aggregation_temporality", One(2, OtlpFieldKind.Temporality));

    private static OtlpField One(int number, OtlpFieldKind kind) => new(number, kind);

    private static OtlpField One(int number, OtlpMessage message) => new(number, OtlpFieldKind.Message, Repeated: false, message);

    private static OtlpField Many(int number, OtlpFieldKind kind) => new(number, kind, Repeated: true);

    private static OtlpField Many(int number, OtlpMessage message) => new(number, OtlpFieldKind.Message, Repeated: true, message);
}
