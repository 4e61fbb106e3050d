using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules.Ui;

/// <summary>What is typed into the form of an override; kept when it was wrong.</summary>
public sealed record OverrideDraft(string Person, string InsteadOf, string From, string Until, bool Beside, bool EvenIfGap, string Note)
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Suggests the next twelve hours, from the full hour.</summary>
    public static OverrideDraft For(DateTimeZone zone, Instant now)
    {
        var local = now.InZone(zone).LocalDateTime;
        var hour = local.Date.At(new(local.Hour, 0)).PlusHours(1);
        return new("", "", Minute.Format(hour), Minute.Format(hour.PlusHours(12)), false, false, "");
    }

    /// <summary>A time as the form's field takes it.</summary>
    public static string Words(Instant at, DateTimeZone zone) => Minute.Format(at.InZone(zone).LocalDateTime);

    /// <summary>What was sent.</summary>
    public static OverrideDraft Of(IFormCollection form) => new(
        form["person"].ToString(), form["insteadOf"].ToString(), form["from"].ToString(), form["until"].ToString(),
        form["beside"] == "yes", form["evenIfGap"] == "yes", form["note"].ToString());

    /// <summary>What is asked, its times read in the schedule's zone, or why it cannot be read.</summary>
    public Outcome<OverrideRequest> Read(DateTimeZone zone)
    {
        var problems = new List<Problem>();
        var (from, until) = (Time(From, "from", zone, problems), Time(Until, "until", zone, problems));
        return problems.Count > 0 ? Outcome<OverrideRequest>.Failed(problems) : new OverrideRequest(Person, InsteadOf, Beside, from, until, EvenIfGap, Note);
    }

    private static Instant? Time(string text, string field, DateTimeZone zone, List<Problem> problems)
    {
        if (text.Trim().Length == 0) return null;
        if (Minute.Parse(text.Trim().Replace(' ', 'T')) is { Success: true } parsed && parsed.Value.Year is > 1970 and < 2300) return LocalClock.Begins(zone, parsed.Value);
        problems.Add(Problem.Invalid($"\"{text}\" is not a time.", $"Write one such as 2026-11-19T18:00, in {zone.Id}.", field));
        return null;
    }
}
