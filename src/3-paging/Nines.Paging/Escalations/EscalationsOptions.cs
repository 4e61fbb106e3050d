using Microsoft.Extensions.Options;

namespace Nines.Paging.Escalations;

/// <summary>Settings of the shipped policy.</summary>
public sealed class EscalationsOptions
{
    /// <summary>Person or team of the shipped policy's last level. Empty (the default): the level is passed.</summary>
    public string Cto { get; set; } = "";
}

/// <summary>Refuses a name that no manifest can have.</summary>
public sealed class EscalationsOptionsValidator : IValidateOptions<EscalationsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, EscalationsOptions options) => options.Cto.Any(char.IsWhiteSpace)
        ? ValidateOptionsResult.Fail($"escalations:cto: \"{options.Cto}\" is not a name. Write the handle of a person or the name of a team.")
        : ValidateOptionsResult.Success;
}
