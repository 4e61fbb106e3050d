using Microsoft.Extensions.Options;

namespace Nines.Paging.OwnObjective;

/// <summary>Settings of Nines' own objective.</summary>
public sealed class OwnObjectiveOptions
{
    /// <summary>Whether the SLO <c>pages-in-time</c> is applied when the first page opens. Default true.</summary>
    public bool Offer { get; set; } = true;
}

/// <summary>Nothing can be wrong with a switch.</summary>
public sealed class OwnObjectiveOptionsValidator : IValidateOptions<OwnObjectiveOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, OwnObjectiveOptions options) => ValidateOptionsResult.Success;
}
