using System.CommandLine;

namespace Nines.Catalog.Manifests;

/// <summary><c>--force REASON</c>: makes a change that a review holds up; the reason is kept.</summary>
internal static class ForceOption
{
    public static Option<string?> New() => new("--force")
    {
        Description = "Make the change although it is held up (somebody would no longer be woken), and say why; the reason is kept",
        HelpName = "REASON",
    };

    /// <summary>As part of an address.</summary>
    /// <param name="before">What stands before it: <c>?</c> or <c>&amp;</c>.</param>
    /// <param name="reason">What was written; nothing where it is null.</param>
    public static string Query(char before, string? reason) => reason is null ? "" : $"{before}force={Uri.EscapeDataString(reason)}";
}
