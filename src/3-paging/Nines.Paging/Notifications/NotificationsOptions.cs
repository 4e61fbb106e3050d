using Microsoft.Extensions.Options;

namespace Nines.Paging.Notifications;

/// <summary>Settings of who is told, and how they get back here.</summary>
public sealed class NotificationsOptions
{
    /// <summary>Person or team called when nobody else can be. Empty (the default): the owner of the catalog's service <c>nines</c>.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Where people reach this server: the beginning of every link. Default: where it listens.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:7070";
}

/// <summary>Refuses an address that no link can begin with.</summary>
public sealed class NotificationsOptionsValidator : IValidateOptions<NotificationsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, NotificationsOptions options) =>
        Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.Query.Length == 0 && url.Fragment.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"notifications:publicUrl: \"{options.PublicUrl}\" is not an address. Write one such as https://nines.example.com.");
}
