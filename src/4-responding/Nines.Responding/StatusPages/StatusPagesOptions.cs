using Microsoft.Extensions.Options;

namespace Nines.Responding.StatusPages;

/// <summary>Settings of the room, section <c>statuspages</c>.</summary>
public sealed class StatusPagesOptions
{
    /// <summary>A folder into which every public page is written at each change, one folder below it a page. Empty (the default): none is.</summary>
    public string PublishTo { get; set; } = "";

    /// <summary>True lets webhooks of subscribers reach private networks and this machine. Default: false.</summary>
    public bool PrivateWebhooks { get; set; }
}

/// <summary>Says everything that is wrong with the settings of status pages.</summary>
public sealed class StatusPagesOptionsValidator : IValidateOptions<StatusPagesOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, StatusPagesOptions options) => options.PublishTo.Length > 0 && !Path.IsPathFullyQualified(options.PublishTo)
        ? ValidateOptionsResult.Fail($"statuspages:publishTo: \"{options.PublishTo}\" is no absolute path. Write one such as /srv/status.")
        : ValidateOptionsResult.Success;
}
