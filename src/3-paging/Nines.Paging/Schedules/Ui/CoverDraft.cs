using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>What is typed into the form that asks for cover, or for a swap; kept when it was wrong.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="To">Who is asked; empty for anybody.</param>
/// <param name="From">Of the time to be covered, in the schedule's zone.</param>
/// <param name="Until">Its end.</param>
/// <param name="Back">A swap: the shift that is taken in return, as <see cref="ShiftOfOthers.Value"/>; empty for plain cover.</param>
public sealed record CoverDraft(string Schedule, string To, string From, string Until, string Back = "")
{
    /// <summary>What was sent.</summary>
    public static CoverDraft Of(IFormCollection form) =>
        new(form["schedule"].ToString(), form["to"].ToString(), form["from"].ToString(), form["until"].ToString(), form["back"].ToString());

    /// <summary>Suggests a shift of theirs, in its schedule's zone.</summary>
    public static CoverDraft For(OwnShift? shift, DateTimeZone zone, Instant now) => shift is null
        ? new("", "", "", "")
        : new(shift.Schedule, "", OverrideDraft.Words(Instant.Max(shift.From, now), zone), OverrideDraft.Words(shift.Until, zone));

    /// <summary>What is asked, or why it cannot be read.</summary>
    public Outcome<CoverAsk> Read(string by, DateTimeZone zone)
    {
        var times = new OverrideDraft("", "", From, Until, false, false, "").Read(zone);
        if (!times.Ok || Back.Length == 0) return times.Map(t => new CoverAsk(by, To, t.From, t.Until));
        if (ShiftOfOthers.Of(Back) is not { } back) return Problem.Invalid("This is no shift of the list.", "Choose one, or none.", "back");
        if (back.Schedule != Schedule) return Problem.Invalid($"That shift belongs to {back.Schedule}.", $"A swap stays within one schedule: choose one of {Schedule}.", "back");
        if (To.Length > 0 && To != back.Person) return Problem.Invalid($"That shift is {back.Person}'s, but {To} is asked.", "Ask whoever has the shift, or choose another one.", "back");
        return new CoverAsk(by, back.Person, times.Value.From, times.Value.Until, back.From, back.Until);
    }
}

/// <summary>A shift of somebody else that could be taken in return.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Person">Whose it is; a handle.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
public sealed record ShiftOfOthers(string Schedule, string Person, Instant From, Instant Until)
{
    /// <summary>As the form sends it.</summary>
    public string Value => $"{Schedule}|{Person}|{From.ToUnixTimeSeconds()}|{Until.ToUnixTimeSeconds()}";

    /// <summary>What the form sent; null where it is none.</summary>
    public static ShiftOfOthers? Of(string value) =>
        value.Split('|') is [var schedule, var person, var from, var until] && Second(from) is { } begins && Second(until) is { } ends
            ? new(schedule, person, begins, ends)
            : null;

    // Within the years that a clock of people knows.
    private static Instant? Second(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 10_413_792_000 ? Instant.FromUnixTimeSeconds(seconds) : null;
}
