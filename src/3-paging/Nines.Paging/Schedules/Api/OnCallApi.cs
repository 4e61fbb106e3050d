using Microsoft.AspNetCore.Http;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using NodaTime;
using NodaTime.Text;

namespace Nines.Paging.Schedules.Api;

/// <summary>Who is on call, over HTTP.</summary>
internal static class OnCallApi
{
    /// <summary><c>?service=</c> or <c>?schedule=</c>, and <c>?at=</c>.</summary>
    public static IResult Who(HttpRequest request, IHouse house, OnCallSchedules schedules, CompiledManifests manifests, IEnumerable<IServiceLevels> levels, TimeProvider clock)
    {
        var at = TimeOf(request.Query["at"].ToString(), clock.Now());
        if (!at.Ok) return Answers.Refuse(at.Problems);
        var (service, schedule) = (request.Query["service"].ToString(), request.Query["schedule"].ToString());
        if (service.Length > 0 == schedule.Length > 0)
            return Answers.Refuse(Problem.Invalid("Ask for a service or for a schedule.", "Write ?service=NAME or ?schedule=NAME.", "service"));
        var state = house.State;
        return (service.Length > 0 ? OfService(service, state, schedules, manifests, levels, at.Value) : OfSchedule(schedule, state, schedules, manifests, at.Value)).ToAnswer();
    }

    /// <summary>A time as RFC 3339; the given one where none is written.</summary>
    public static Outcome<Instant> TimeOf(string text, Instant otherwise, string path = "at")
    {
        if (text.Length == 0) return otherwise;
        // A plus sign that was not escaped arrives as a space.
        return OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+')) is { Success: true } parsed && parsed.Value.Year is >= 1971 and < 2300
            ? parsed.Value.ToInstant()
            : Problem.Invalid($"\"{text}\" is not a time.", "Write one such as 2026-11-21T03:12:00Z.", path);
    }

    private static Outcome<OnCallAnswer> OfSchedule(string name, HouseState state, OnCallSchedules schedules, CompiledManifests manifests, Instant at) =>
        schedules.Find(state, name) is { } rota
            ? new OnCallAnswer(null, name, at, OnCallLevels.Of(schedules, state, rota.Schedule, at))
            : Problem.NotFound($"There is no schedule \"{name}\".", manifests.For(state).DidYouMean<Schedule>(name) + "List them with \"nines get Schedule\".", "schedule");

    private static Outcome<OnCallAnswer> OfService(string name, HouseState state, OnCallSchedules schedules, CompiledManifests manifests, IEnumerable<IServiceLevels> others, Instant at)
    {
        if (manifests.Catalog(state).Service(name) is not { } service)
            return Problem.NotFound($"There is no service \"{name}\".", manifests.For(state).DidYouMean<Service>(name) + "List them with \"nines get Service\".", "service");
        return new OnCallAnswer(name, null, at, LevelsOf(service, state, schedules, others, at));
    }

    /// <summary>Level by level who is called for a service.</summary>
    public static IReadOnlyList<OnCallLevel> LevelsOf(ServiceView service, HouseState state, OnCallSchedules schedules, IEnumerable<IServiceLevels> others, Instant at) =>
        others.Select(o => o.Of(state, service, at)).FirstOrDefault(l => l is not null)
            ?? (service.Service.OncallRotation is { } rotation && schedules.Find(state, rotation) is { } rota ? OnCallLevels.Of(schedules, state, rota.Schedule, at) : OnCallLevels.Of(service));
}
