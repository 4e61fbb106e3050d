using Nines.Measuring.Changes;

namespace Nines.Responding.Incidents;

/// <summary>Changes as lines of a timeline.</summary>
internal static class ChangeWords
{
    public static string Of(ChangeKind kind, string title, string service) =>
        $"{char.ToUpperInvariant(Change.WordOf(kind)[0])}{Change.WordOf(kind)[1..]}{(service.Length > 0 ? " of " + service : "")}: {title}";
}
