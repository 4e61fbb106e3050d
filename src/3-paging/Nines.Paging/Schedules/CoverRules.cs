using Nines.Kernel;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>What somebody asks of others.</summary>
/// <param name="By">Who asks; a handle.</param>
/// <param name="To">Who is asked; empty for anybody.</param>
/// <param name="From">Of the time to be covered; null for now.</param>
/// <param name="Until">Of the time to be covered.</param>
/// <param name="BackFrom">A swap: the time that whoever asks would take in return.</param>
/// <param name="BackUntil">Its end.</param>
public sealed record CoverAsk(string By = "", string To = "", Instant? From = null, Instant? Until = null, Instant? BackFrom = null, Instant? BackUntil = null);

/// <summary>Decides on cover and swaps: asked, then accepted; only then does the schedule change.</summary>
public static class CoverRules
{
    /// <summary>The request, people by handle, or every problem with it.</summary>
    public static Outcome<CoverRequest> Ask(Rota rota, CoverAsk asked, string id, Func<string, Problem?> known, Instant now)
    {
        var problems = new List<Problem>();
        if (asked.By.Length == 0) problems.Add(Problem.Invalid("It is not said who asks.", "Write by: with your handle.", "by"));
        else if (known(asked.By) is { } unknown) problems.Add(unknown with { Path = "by" });
        if (asked.To.Length > 0 && known(asked.To) is { } other) problems.Add(other with { Path = "to" });
        if (asked.To.Length > 0 && asked.To == asked.By) problems.Add(Problem.Invalid("Nobody covers for themselves.", "Name another person, or leave it open.", "to"));
        var from = asked.From is { } begins && begins > now ? begins : now;
        OverrideRules.When(from, asked.Until, now, problems);
        var back = Back(asked, now, problems);
        if (problems.Count > 0) return Outcome<CoverRequest>.Failed(problems);
        if (!IsOn(rota, asked.By, from, asked.Until!.Value))
            return Problem.Conflict($"{asked.By} is not on call at any time between {from} and {asked.Until}.", "Nothing needs to be covered; give another time.", "from");
        if (back is not null && asked.To.Length > 0 && !IsOn(rota, asked.To, back.From, back.Until))
            return Problem.Conflict($"{asked.To} is not on call at any time between {back.From} and {back.Until}.", "There is nothing to take in return; give another time.", "backFrom");
        return new CoverRequest(id, rota.Schedule.Name, asked.By, asked.To, from, asked.Until!.Value, back);
    }

    /// <summary>The overrides that an acceptance comes to, people by handle.</summary>
    public static Outcome<IReadOnlyList<Override>> Accept(Rota rota, CoverRequest request, string by, Func<string> newId, Func<string, Problem?> known, Instant now)
    {
        if (known(by) is { } unknown) return unknown with { Path = "by" };
        if (request.By == by) return Problem.Invalid("Nobody covers for themselves.", "Somebody else must accept; or withdraw the request.", "by");
        if (request.To.Length > 0 && request.To != by) return Problem.Invalid($"{request.To} was asked, not {by}.", "Only they can accept; or ask anew.", "by");
        if (request.Until <= now) return Problem.Conflict("The time to be covered is over.", "Nothing is left to accept.");
        var cover = OverrideRules.Decide(rota, new(by, request.By, From: request.From, Until: request.Until), newId(), known, now);
        if (!cover.Ok) return Outcome<IReadOnlyList<Override>>.Failed(cover.Problems);
        var first = cover.Value with { Request = request.Id };
        if (request.Back is not { } back || back.Until <= now) return Outcome<IReadOnlyList<Override>>.Of([first], cover.Problems);
        var returned = OverrideRules.Decide(rota.With(first), new(request.By, by, From: back.From, Until: back.Until), newId(), known, now);
        return returned.Ok
            ? Outcome<IReadOnlyList<Override>>.Of([first, returned.Value with { Request = request.Id }], [.. cover.Problems, .. returned.Problems])
            : Outcome<IReadOnlyList<Override>>.Failed(returned.Problems);
    }

    private static TimeRange? Back(CoverAsk asked, Instant now, List<Problem> problems)
    {
        if (asked.BackFrom is null && asked.BackUntil is null) return null;
        if (asked.BackFrom is null) problems.Add(Problem.Invalid("The time in return has no beginning.", "Write backFrom.", "backFrom"));
        if (asked.BackUntil is null) problems.Add(Problem.Invalid("The time in return has no end.", "Write backUntil.", "backUntil"));
        if (asked.BackFrom is not { } from || asked.BackUntil is not { } until) return null;
        if (until <= from || from < now) problems.Add(Problem.Invalid("The time in return must lie ahead, its end after its beginning.", "Give another time.", "backFrom"));
        return new(from, until);
    }

    private static bool IsOn(Rota rota, string person, Instant from, Instant until) =>
        rota.Between(from, until).Any(s => s.People.Contains(person, StringComparer.Ordinal));
}
