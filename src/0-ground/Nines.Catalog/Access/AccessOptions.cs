using Microsoft.Extensions.Options;
using NodaTime;

namespace Nines.Catalog.Access;

/// <summary>Settings of the room, section <c>access</c>.</summary>
public sealed class AccessOptions
{
    /// <summary>After how many hours without a request a browser is signed out: seven days, so that a phone is signed in at night.</summary>
    public int SessionIdleHours { get; set; } = 168;

    /// <summary>After how many hours a browser is signed out in any case.</summary>
    public int SessionHours { get; set; } = 720;

    /// <summary>For how many hours an invitation counts.</summary>
    public int InvitationHours { get; set; } = 72;

    internal Duration Idle => Duration.FromHours(SessionIdleHours);

    internal Duration Whole => Duration.FromHours(SessionHours);
}

/// <summary>Checks the settings.</summary>
public sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var failures = new List<string>();
        if (options.SessionIdleHours is < 1 or > 2160) failures.Add($"access:sessionIdleHours is {options.SessionIdleHours}. Write 1 to 2160.");
        if (options.SessionHours is < 1 or > 8760) failures.Add($"access:sessionHours is {options.SessionHours}. Write 1 to 8760.");
        if (options.SessionHours < options.SessionIdleHours) failures.Add("access:sessionHours is less than access:sessionIdleHours. Make it the longer one.");
        if (options.InvitationHours is < 1 or > 720) failures.Add($"access:invitationHours is {options.InvitationHours}. Write 1 to 720.");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
