using Microsoft.Extensions.Options;

namespace Nines.Paging.Coverage;

/// <summary>Settings of the coverage proof.</summary>
public sealed class CoverageOptions
{
    /// <summary>How many days ahead a change is looked at before it is made. Default 400: a year of hand-overs and every change of clocks.</summary>
    public int Days { get; set; } = 400;
}

/// <summary>Says everything that is wrong with the settings of the coverage proof.</summary>
public sealed class CoverageOptionsValidator : IValidateOptions<CoverageOptions>
{
    /// <summary>No plan reaches further.</summary>
    public const int MostDays = 800;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, CoverageOptions options) => options.Days is >= 1 and <= MostDays
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"coverage:days: {options.Days} is not allowed. Write a number from 1 to {MostDays}.");
}
