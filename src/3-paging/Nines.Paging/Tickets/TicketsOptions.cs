using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Tickets;

/// <summary>Settings of tickets and of the daily digest.</summary>
public sealed class TicketsOptions
{
    /// <summary>Whether a ticket closes by itself when nothing of it fires any more. Default true; false: it stays until a person closes it.</summary>
    public bool CloseWithAlerts { get; set; } = true;

    /// <summary>When each team is sent its open tickets, by the clock on its own wall. Default 09:00; empty for never.</summary>
    public string DigestAt { get; set; } = "09:00";

    /// <summary>On which days. Default monday:friday.</summary>
    public string DigestDays { get; set; } = "monday:friday";

    /// <summary>The day on which the digest lists the week's alerts of severity log as well. Default monday; empty for never.</summary>
    public string ReviewDay { get; set; } = "monday";

    /// <summary>The zone of teams whose people name none. Default Etc/UTC.</summary>
    public string Zone { get; set; } = "Etc/UTC";

    /// <summary>The plan of the digest; null where there is none.</summary>
    internal DigestPlan? Plan()
    {
        if (DigestAt.Length == 0) return null;
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        return new(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(DigestAt).Value, TimeIntervalText.Weekday(DigestDays)!, ReviewDay.Length > 0 ? TimeIntervalText.Weekday(ReviewDay)! : [], zone);
    }
}

/// <summary>Refuses times and days that are none.</summary>
public sealed class TicketsOptionsValidator : IValidateOptions<TicketsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, TicketsOptions options)
    {
        var wrong = new List<string>();
        if (options.DigestAt.Length > 0 && !LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(options.DigestAt).Success)
            wrong.Add($"tickets:digestAt: \"{options.DigestAt}\" is not a time. Write one such as 09:00, or nothing for no digest.");
        if (TimeIntervalText.Weekday(options.DigestDays) is null) wrong.Add($"tickets:digestDays: \"{options.DigestDays}\" are no days. Write such as monday:friday.");
        if (options.ReviewDay.Length > 0 && TimeIntervalText.Weekday(options.ReviewDay) is null) wrong.Add($"tickets:reviewDay: \"{options.ReviewDay}\" is no day. Write one such as monday, or nothing for none.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.Zone) is null) wrong.Add($"tickets:zone: \"{options.Zone}\" is not an IANA time zone. Write one such as Europe/Berlin.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
