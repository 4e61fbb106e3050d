namespace Nines.Storage;

/// <summary>How one check of <c>nines doctor</c> came out.</summary>
public enum HealthState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but deserves a look.</summary>
    Warning,

    /// <summary>Keeps Nines from working, or endangers what it keeps.</summary>
    Bad,
}

/// <summary>One line of <c>nines doctor</c>.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="State">How it came out.</param>
/// <param name="Found">What was found, with its figures.</param>
/// <param name="Remedy">What to do; empty where nothing is needed.</param>
public sealed record HealthLine(string Check, HealthState State, string Found, string Remedy = "");
