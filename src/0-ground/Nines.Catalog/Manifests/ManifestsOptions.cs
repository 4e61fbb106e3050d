using Microsoft.Extensions.Options;

namespace Nines.Catalog.Manifests;

/// <summary>Settings of the room, section <c>manifests</c>.</summary>
public sealed class ManifestsOptions
{
    /// <summary>The watched folder (<c>--manifests DIR</c>); null for none.</summary>
    public string? Folder { get; set; }

    /// <summary>How often the folder is looked at, in seconds.</summary>
    public int EverySeconds { get; set; } = 2;
}

/// <summary>Checks the settings.</summary>
public sealed class ManifestsOptionsValidator : IValidateOptions<ManifestsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, ManifestsOptions options)
    {
        var failures = new List<string>();
        if (options.EverySeconds is < 1 or > 3600) failures.Add($"manifests:everySeconds is {options.EverySeconds}. Write 1 to 3600.");
        if (options.Folder is { } folder && !Directory.Exists(folder)) failures.Add($"manifests:folder is \"{folder}\", which does not exist. Make it, or leave --manifests out.");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
