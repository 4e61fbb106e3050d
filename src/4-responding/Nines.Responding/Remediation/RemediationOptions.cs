using Microsoft.Extensions.Options;

namespace Nines.Responding.Remediation;

/// <summary>Settings of remediation.</summary>
public sealed class RemediationOptions
{
    /// <summary>How many remedies of all rules together may begin within an hour. Default 20.</summary>
    public int PerHour { get; set; } = 20;
}

/// <summary>Says everything that is wrong with the settings of remediation.</summary>
public sealed class RemediationOptionsValidator : IValidateOptions<RemediationOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, RemediationOptions options) => options.PerHour is >= 0 and <= 1000
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"remediation:perHour: {options.PerHour} is out of bounds. Write a number from 0 (nothing begins) to 1000.");
}
