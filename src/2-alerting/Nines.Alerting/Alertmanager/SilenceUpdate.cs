using Nines.Alerting.Silences;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>
/// What posting a silence does, by Alertmanager's rules: a change that keeps the matchers and the start of a running
/// silence keeps its id; any other ends the old one and makes a new one. Pure.
/// </summary>
public static class SilenceUpdate
{
    /// <summary>The events, and the id that the answer names; or the sentence and status that refuse it.</summary>
    public static (IReadOnlyList<(StreamName Stream, object Event)> Events, string Id, int Status, string? Sentence) Decide(
        SilenceBook book, PostedSilence posted, string caller, string newId, Instant now)
    {
        if (posted.EndsAt <= posted.StartsAt) return Refuse(400, "Failed to create silence: start time must be before end time");
        if (posted.EndsAt < now) return Refuse(400, "Failed to create silence: end time can't be in the past");
        if (posted.Matchers.All(m => m.MatchesNothing)) return Refuse(400, "silence invalid: at least one matcher must not match the empty string");
        var known = posted.Uuid.Length > 0 ? Find(book, posted.Uuid) : null;
        if (posted.Uuid.Length > 0 && known is null) return Refuse(404, "silence not found");
        var open = known is not null && book.Open.ContainsKey(known.Id);
        var keeps = open && Keeps(known!, posted, now);
        var id = keeps ? known!.Id : newId;
        var asked = new SilenceRequest(
            [.. posted.Matchers.Select(m => m.ToString())], posted.StartsAt, posted.EndsAt, Owner: posted.CreatedBy.Trim().Length > 0 ? posted.CreatedBy : caller, Comment: posted.Comment);
        var set = SilenceRules.Set(asked, id, now);
        if (!set.Ok) return Refuse(400, "silence invalid: " + string.Join(' ', set.Problems.Select(p => $"{p.What} {p.Remedy}".TrimEnd())));
        // What has begun keeps its beginning.
        var written = keeps && known!.StartsAt <= now ? set.Value with { StartsAt = known.StartsAt } : set.Value;
        var events = new List<(StreamName, object)> { (new("silence", id), written) };
        if (open && !keeps) events.Insert(0, (new("silence", known!.Id), new SilenceEnded(known.Id, $"Somebody replaced it by {id}.")));
        return (events, id, 200, null);
    }

    /// <summary>The silence of a UUID, open or among the last that ended.</summary>
    public static Silence? Find(SilenceBook book, string uuid)
    {
        var id = SilenceUuid.Read(uuid);
        return book.Open.GetValueOrDefault(id) ?? book.Open.GetValueOrDefault(uuid) ?? book.Ended.FindLast(s => s.Id == id || s.Id == uuid);
    }

    private static bool Keeps(Silence known, PostedSilence posted, Instant now)
    {
        if (!known.Matchers.Select(m => m.ToString()).SequenceEqual(posted.Matchers.Select(m => m.ToString()))) return false;
        return known.StartsAt <= now ? posted.StartsAt.ToUnixTimeSeconds() == known.StartsAt.ToUnixTimeSeconds() : posted.StartsAt >= now;
    }

    private static (IReadOnlyList<(StreamName Stream, object Event)> Events, string Id, int Status, string? Sentence) Refuse(int status, string sentence) => ([], "", status, sentence);
}
