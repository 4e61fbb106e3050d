namespace Nines.Measuring.Ingestion;

/// <summary>The numbers under which doors keep bodies in the signal log. A number is never given to anything else.</summary>
public static class LogKinds
{
    /// <summary>A remote-write request as it was sent, snappy and all.</summary>
    public const int RemoteWrite = 1;

    /// <summary>An OTLP ExportMetricsServiceRequest in protobuf.</summary>
    public const int Otlp = 2;

    /// <summary>Samples that Nines counted or measured itself, with the marks that belong to them (<see cref="CountedRecord"/>).</summary>
    public const int Counted = 3;
}
