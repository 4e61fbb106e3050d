using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>What is typed into the form that asks for cover; kept when it was wrong.</summary>
public sealed record CoverDraft(string Schedule, string To, string From, string Until)
{
    /// <summary>What was sent.</summary>
    public static CoverDraft Of(IFormCollection form) => new(form["schedule"].ToString(), form["to"].ToString(), form["from"].ToString(), form["until"].ToString());

    /// <summary>Suggests a shift of theirs, in its schedule's zone.</summary>
    public static CoverDraft For(OwnShift? shift, DateTimeZone zone, Instant now) => shift is null
        ? new("", "", "", "")
        : new(shift.Schedule, "", OverrideDraft.Words(Instant.Max(shift.From, now), zone), OverrideDraft.Words(shift.Until, zone));

    /// <summary>What is asked, or why it cannot be read.</summary>
    public Outcome<CoverAsk> Read(string by, DateTimeZone zone)
    {
        var times = new OverrideDraft("", "", From, Until, false, false, "").Read(zone);
        return times.Map(t => new CoverAsk(by, To, t.From, t.Until));
    }
}
