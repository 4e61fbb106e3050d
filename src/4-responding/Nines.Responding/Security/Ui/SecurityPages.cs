using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Nines.Kernel;
using Nines.Responding.Security.Api;
using Nines.Shell;
using Nines.Shell.Components;
using Nines.Shell.Pages;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Security.Ui;

/// <summary>The room's pages and forms. Each works without script; none is drawn live, because a live stream knows no circle.</summary>
internal static class SecurityPages
{
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("security"), Permission.Write("security"));
        room.Services.AddSingleton(new LoopPlace(Loop.Respond, "Security", "/security", "shield", Order: 40));
        room.Get("/security", read, (HttpContext http, SecurityScreen screen) => screen.List(http));
        room.Get("/security.csv", read, (HttpContext http, SecurityReading reading, TimeProvider clock) => SecurityApi.Quiet(http, TableExport.Csv(Rows(http, reading, clock), SecurityApi.Columns, "security")));
        room.Get("/security.json", read, (HttpContext http, SecurityReading reading, TimeProvider clock) => SecurityApi.Quiet(http, TableExport.Json(Rows(http, reading, clock), SecurityApi.Columns)));
        room.Get("/security/new", read, (HttpContext http, SecurityScreen screen) => screen.New(http, new(), []));
        room.Get("/security/{id}", read, (HttpContext http, string id, SecurityScreen screen, CancellationToken stop) => screen.ShowAsync(http, id, [], new Dictionary<string, string>(), stop));
        room.Get("/security/{id}/drafts/{duty}", read, (HttpContext http, string id, string duty, SecurityScreen screen, CancellationToken stop) => screen.DraftAsync(http, id, duty, stop));
        room.Post("/security", write, OpenAsync);
        room.Post("/security/{id}/evidence", write, EvidenceAsync);
        room.Post("/security/{id}/evidence/{number}/content", write, (HttpContext http, string id, string number, EvidenceDoor door, CancellationToken stop) => door.DownloadAsync(http, id, number, stop));
        room.Post("/security/{id}/export", write, (HttpContext http, string id, EvidenceDoor door, CancellationToken stop) => door.ExportAsync(http, id, stop));
        room.Post("/security/{id}/playbook", write, PlaybookAsync);
        foreach (var (word, deed) in SecurityDeeds.All)
            room.Post($"/security/{{id}}/{word}", write, (HttpContext http, string id, SecurityScreen screen, SecurityDesk desk, SecurityReading reading, CancellationToken stop) => DoAsync(http, id, deed, screen, desk, reading, stop));
    }

    private static IReadOnlyList<SecurityRow> Rows(HttpContext http, SecurityReading reading, TimeProvider clock) =>
        TableRules.Apply(reading.All(http.Caller(), clock.Now()), SecurityApi.Columns, TableQuery.Of(http.Request)).Rows;

    private static async Task<IResult> OpenAsync(HttpContext http, SecurityScreen screen, SecurityDesk desk, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var asked = new OpenRequest(form["title"].ToString(), form["kind"].ToString(), form["severity"].ToString(), [.. form["services"].OfType<string>().Where(s => s.Length > 0)], form["text"].ToString(), form["confirmed"].ToString());
        var opened = await desk.OpenAsync(http.Caller(), asked, stop);
        return opened.Ok ? Results.Redirect("/security/" + opened.Value) : screen.New(http, asked, opened.Problems);
    }

    private static async Task<IResult> EvidenceAsync(HttpContext http, string id, SecurityScreen screen, EvidenceDoor door, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var done = await door.FromFormAsync(http, id, form, stop);
        return done.Ok ? Results.Redirect($"/security/{done.Value}#evidence") : await screen.ShowAsync(http, id, done.Problems, Typed(form), stop);
    }

    // What is named is done, the rest is not: each change is a line of its own in the journal.
    private static async Task<IResult> PlaybookAsync(HttpContext http, string id, SecurityScreen screen, SecurityDesk desk, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var done = form["done"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var saved = await desk.DoAsync(http.Caller(), id, (context, one, _, by) => Outcome<IReadOnlyList<object>>.Of(
            [.. context.Policy.PlaybookOf(one.Kind).Where(i => one.Done.Contains(i.Key) != done.Contains(i.Key)).Select(i => new CaseChecked(one.Id, i.Key, done.Contains(i.Key), by))]), new(), stop);
        return saved.Ok ? Results.Redirect($"/security/{Uri.EscapeDataString(id)}#playbook") : await screen.ShowAsync(http, id, saved.Problems, Typed(form), stop);
    }

    private static async Task<IResult> DoAsync(HttpContext http, string id, SecurityDeed deed, SecurityScreen screen, SecurityDesk desk, SecurityReading reading, CancellationToken stop)
    {
        var form = await http.Request.ReadFormAsync(stop);
        var (at, wrong) = Time(form["at"].ToString(), Reader.Of(http, http.RequestServices.GetRequiredService<TimeProvider>()).Zone);
        if (wrong is not null) return await screen.ShowAsync(http, id, [wrong], Typed(form), stop);
        var done = await desk.DoAsync(http.Caller(), id, deed, AskedOf(form) with { At = at }, stop);
        if (!done.Ok) return await screen.ShowAsync(http, id, done.Problems, Typed(form), stop);
        // Whoever let themselves out has nothing to look at any more.
        return Results.Redirect(reading.All(http.Caller(), Instant.MinValue).Any(r => r.Id == done.Value) ? "/security/" + done.Value : "/security");
    }

    private static SecurityAsked AskedOf(IFormCollection form)
    {
        return new()
        {
            Reason = One("reason"),
            Text = One("text"),
            Severity = One("severity"),
            Role = One("role"),
            Person = One("person"),
            Phase = One("phase"),
            Corrects = One("corrects"),
            Personal = One("personal"),
            Kinds = One("kinds"),
            People = One("people"),
            Records = One("records"),
            Countries = One("countries"),
            HighRisk = One("highRisk"),
            Consequences = One("consequences"),
            Start = One("start"),
            Duty = One("duty"),
            Reference = One("reference"),
            Quiet = One("quiet"),
            Cause = One("cause"),
            Remediation = One("remediation"),
            Incident = One("incident"),
            Tell = One("tell") == "true",
            Evidence = One("evidence"),
            To = One("to"),
        };

        string One(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
    }

    // What a browser's field of date and time says is meant by the reader's clock.
    private static (Instant? At, Problem? Wrong) Time(string text, DateTimeZone zone)
    {
        if (text.Length == 0) return (null, null);
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return (instant.Value, null);
        foreach (var pattern in (string[])["uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm"])
            if (LocalDateTimePattern.CreateWithInvariantCulture(pattern).Parse(text) is { Success: true } local) return (local.Value.InZoneLeniently(zone).ToInstant(), null);
        return (null, Problem.Invalid($"\"{text}\" is no time.", "Write one such as 2026-11-22 08:10.", "at"));
    }

    private static Dictionary<string, string> Typed(IFormCollection form) => form.ToDictionary(f => f.Key, f => Text(f.Value));

    private static string Text(StringValues values) => values.ToString();
}
