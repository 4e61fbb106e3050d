using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Handoffs.Api;

/// <summary>How a shift was.</summary>
/// <param name="Handoff">With which it ended.</param>
/// <param name="Score">1 to 5.</param>
/// <param name="Person">Handle; only asked for at an open server.</param>
internal sealed record RatingRequest(string Handoff, int Score, string Person = "");

/// <summary>Whether a page was worth the call.</summary>
internal sealed record JudgementRequest(string Page, bool Useful);

/// <summary>Health, handoffs and compensation over HTTP.</summary>
internal static class HandoffsApi
{
    private static readonly Permission Read = Permission.Read("handoffs");
    private static readonly Permission Write = Permission.Write("handoffs");

    public static IReadOnlyList<Column<PayRow>> PayColumns { get; } =
    [
        new("person", "Person", r => r.Person), new("schedule", "Schedule", r => r.Schedule), new("from", "From", r => r.From), new("until", "Until", r => r.Until),
        new("layer", "Layer", r => r.Layer), new("minutes", "Minutes", r => r.Minutes), new("business", "Business minutes", r => r.Business),
        new("off", "Off-hours minutes", r => r.Off), new("sleep", "Sleep minutes", r => r.Sleep), new("pages", "Pages", r => r.Pages),
    ];

    public static void Register(Registration room)
    {
        room.Get("/api/v1/oncall/health", Read, Health);
        room.Get("/api/v1/oncall/handoffs", Read, (string? schedule, HandoffDesk desk) => Results.Json(desk.List(schedule ?? "", 200), HouseJson.Options));
        room.Get("/api/v1/oncall/handoffs/{id}", Read, Past);
        room.Get("/api/v1/oncall/handoff", Read, Coming);
        // Who was on call when, and for how long, is a matter of pay.
        room.Get("/api/v1/oncall/compensation", Read, Pay);
        room.Post("/api/v1/oncall/ratings", Write, async (HttpContext http, RatingRequest asked, HandoffDesk desk, CancellationToken stop) => (await desk.RateAsync(http.Caller(), asked.Handoff, asked.Person, asked.Score, stop)).ToAnswer());
        room.Post("/api/v1/oncall/judgements", Write, async (HttpContext http, JudgementRequest asked, HandoffDesk desk, CancellationToken stop) => (await desk.JudgeAsync(http.Caller(), asked.Page, asked.Useful, stop)).ToAnswer());
    }

    /// <summary>The time asked for: <c>from</c> and <c>to</c>, or the last <c>days</c> (28).</summary>
    public static Outcome<(Instant From, Instant Until)> TimeOf(HttpRequest request, Instant now, int otherwise = 28)
    {
        var problems = new List<Problem>();
        var until = At(request.Query["to"].ToString(), "to", now, problems);
        var days = otherwise;
        if (request.Query["days"].ToString() is { Length: > 0 } text && (!int.TryParse(text, out days) || days is < 1 or > 400)) problems.Add(Problem.Invalid($"\"{text}\" is no number of days.", "Write 1 to 400.", "days"));
        var from = At(request.Query["from"].ToString(), "from", until - Duration.FromDays(Math.Clamp(days, 1, 400)), problems);
        if (problems.Count == 0 && from >= until) problems.Add(Problem.Invalid("The time ends before it begins.", "Write from before to.", "from"));
        return problems.Count > 0 ? Outcome<(Instant, Instant)>.Failed(problems) : (from, until);
    }

    private static Instant At(string text, string path, Instant otherwise, List<Problem> problems)
    {
        if (text.Length == 0) return otherwise;
        if (OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+')) is { Success: true } parsed && parsed.Value.Year is >= 1971 and < 2300) return parsed.Value.ToInstant();
        problems.Add(Problem.Invalid($"\"{text}\" is not a time.", "Write one such as 2026-11-21T03:12:00Z.", path));
        return otherwise;
    }

    private static IResult Health(HttpRequest request, HandoffDesk desk, TimeProvider clock)
    {
        var time = TimeOf(request, clock.Now());
        return time.Ok
            ? desk.Health(request.Query["person"].ToString(), request.Query["team"].ToString(), request.Query["service"].ToString(), time.Value.From, time.Value.Until).ToAnswer()
            : Answers.Refuse(time.Problems);
    }

    private static async Task<IResult> Past(string id, string? format, HandoffDesk desk, CancellationToken stop) => Document(await desk.PastAsync(id, stop), format);

    private static IResult Coming(string? schedule, string? format, HandoffDesk desk, TimeProvider clock) => Document(desk.Coming(schedule ?? "", clock.Now()), format);

    private static IResult Document(Outcome<HandoffDocument> document, string? format) =>
        document.Ok && format == "md" ? Results.Text(document.Value.ToMarkdown(), "text/markdown; charset=utf-8") : document.ToAnswer();

    private static IResult Pay(HttpRequest request, HandoffDesk desk, TimeProvider clock)
    {
        var time = TimeOf(request, clock.Now(), otherwise: 31);
        return time.Ok
            ? TableExport.List(request, desk.Pay(request.Query["schedule"].ToString(), time.Value.From, time.Value.Until, clock.Now()), PayColumns, "compensation")
            : Answers.Refuse(time.Problems);
    }
}
