namespace Nines.Alerting.Integrations;

/// <summary>Labels whose value may be a service of the catalog, in the order in which they are asked.</summary>
internal static class ServiceHints
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["job", "app", "application", "component"];
}
