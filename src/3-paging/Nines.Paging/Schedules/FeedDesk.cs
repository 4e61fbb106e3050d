using System.Security.Cryptography;
using System.Text;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Schedules.Calendars;
using NodaTime;

namespace Nines.Paging.Schedules;

/// <summary>A calendar's address, said once: afterwards only its hash is known.</summary>
/// <param name="Path">Such as <c>/ical/SECRET.ics</c>.</param>
public sealed record FeedAddress(string Path);

/// <summary>Makes calendars and reads them.</summary>
public sealed class FeedDesk(IHouse house, OnCallSchedules schedules, CompiledManifests manifests, ShiftPublisher publisher)
{
    private const int SecretBytes = 32;

    /// <summary>A new secret address for a schedule's or a person's calendar; refused where there is one, unless it is to be replaced.</summary>
    public async Task<Outcome<FeedAddress>> SetAsync(Actor actor, string schedule, string person, bool rotate, Instant now, CancellationToken stop)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var decided = await house.DecideAsync<FeedAddress>(actor, deciding =>
        {
            var all = manifests.For(deciding.State);
            if (schedule.Length > 0 == person.Length > 0) return Problem.Invalid("A calendar is a schedule's or a person's.", "Name one of them.", "schedule");
            if (schedule.Length > 0 && schedules.Find(deciding.State, schedule) is null)
                return Problem.NotFound($"There is no schedule \"{schedule}\".", all.DidYouMean<Schedule>(schedule) + "List them with \"nines get Schedule\".", "schedule");
            var who = person.Length > 0 ? CatalogView.Of(all).Person(person) : null;
            if (person.Length > 0 && who is null) return Problem.NotFound($"There is no person \"{person}\".", all.DidYouMean<Person>(person) + "List them with \"nines get Person\".", "person");
            if (!rotate && deciding.State.Get<FeedBook>().Feeds.ContainsKey(FeedBook.KeyOf(schedule, who?.Id ?? "")))
                return Problem.Conflict("This calendar has an address already, and its secret is not kept.", "Ask for another with --rotate; the old one then no longer works.");
            deciding.Write(new("feed", schedule.Length > 0 ? schedule : who!.Id), new FeedSet(schedule, who?.Id ?? "", HashOf(secret)));
            return new FeedAddress($"/ical/{secret}.ics");
        }, stop: stop);
        // What comes after the answer finds a calendar with shifts in it.
        if (decided.Outcome.Ok) await publisher.PublishAsync(actor, now, stop);
        return decided.Outcome;
    }

    /// <summary>The calendar behind a secret; null where there is none.</summary>
    public string? Read(string secret)
    {
        var state = house.State;
        var hash = Encoding.ASCII.GetBytes(HashOf(secret));
        Feed? found = null;
        var feeds = state.Get<FeedBook>();
        // Every feed is compared, in constant time: how long it takes says nothing about a secret.
        foreach (var feed in feeds.Feeds.Values)
            if (CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(feed.Hash))) found = feed;
        if (found is null) return null;
        var catalog = manifests.Catalog(state);
        return found.Schedule.Length > 0 ? OfSchedule(found.Schedule, state, feeds, catalog) : OfPerson(found.Person, state, feeds, catalog);
    }

    private string OfSchedule(string name, HouseState state, FeedBook feeds, CatalogView catalog)
    {
        var title = schedules.Find(state, name)?.Schedule.DisplayName ?? name;
        return FeedText.Write($"On call: {title}", feeds.Of(name).Values.Select(s => new FeedEntry(s, $"{catalog.PersonById(s.Person)?.DisplayName ?? "Somebody"} on call: {title}")));
    }

    private string OfPerson(string id, HouseState state, FeedBook feeds, CatalogView catalog) => FeedText.Write(
        $"{catalog.PersonById(id)?.DisplayName ?? "Somebody"} on call",
        feeds.Shifts.SelectMany(s => s.Value.Values.Where(p => p.Person == id).Select(p => new FeedEntry(p, $"On call: {schedules.Find(state, s.Key)?.Schedule.DisplayName ?? s.Key}"))));

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
