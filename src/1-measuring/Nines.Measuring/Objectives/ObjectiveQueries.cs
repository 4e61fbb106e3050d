using Nines.Kernel;
using NodaTime;

namespace Nines.Measuring.Objectives;

/// <summary>What pages, commands and other rooms ask about objectives. Everything is computed for the time that is asked.</summary>
public sealed class ObjectiveQueries(ObjectiveEngine engine, IHouse house)
{
    /// <summary>Every objective's status, in the order of the manifests.</summary>
    public IReadOnlyList<ObjectiveStatus> All(Instant now) => [.. engine.Set.All.Select(w => Report(w, now))];

    /// <summary>The status of every objective of some services, in the order of the manifests.</summary>
    public IReadOnlyList<ObjectiveStatus> Of(IReadOnlyCollection<string> services, Instant now) =>
        [.. engine.Set.All.Where(w => services.Contains(w.Objective.Service)).Select(w => Report(w, now))];

    /// <summary>One objective's status; the first of an SLO carries the others of that SLO. Null when there is none of that name.</summary>
    public ObjectiveStatus? Find(string name, Instant now)
    {
        if (engine.Set.Find(name) is not { } watched) return null;
        var status = Report(watched, now);
        if (watched.Objective.Name != watched.Objective.Slo) return status;
        var all = engine.Set.All.Where(w => w.Objective.Slo == watched.Objective.Slo).ToArray();
        return all.Length < 2 ? status : status with { Objectives = [.. all.Select(w => Report(w, now))] };
    }

    /// <summary>The definition of an objective; null when there is none of that name.</summary>
    public Objective? Definition(string name) => engine.Set.Find(name)?.Objective;

    /// <summary>Past and present alerts of an objective, oldest first.</summary>
    public IReadOnlyList<AlertRecord> Alerts(string name) => house.State.Get<ObjectivesState>().Of(name).History;

    /// <summary>Burn over time for a chart; null when there is no such objective.</summary>
    public ObjectiveSeries? Burn(string name, Instant from, Instant to, int points) =>
        Draw(name, w => SeriesReader.Burn(w, from, to, points));

    /// <summary>Events a minute over time for a chart; null when there is no such objective.</summary>
    public ObjectiveSeries? Traffic(string name, Instant from, Instant to, int points) =>
        Draw(name, w => SeriesReader.Traffic(w, from, to, points));

    /// <summary>Budget left over time for a chart; null when there is no such objective.</summary>
    public ObjectiveSeries? Remaining(string name, Instant from, Instant to, int points) =>
        Draw(name, w => SeriesReader.Remaining(w, from, to, points));

    /// <summary>The minutes behind an objective; null when there is no such objective.</summary>
    public ObjectiveMinutes? Minutes(string name, Instant from, Instant to)
    {
        if (engine.Set.Find(name) is not { } watched) return null;
        lock (engine.Book.Gate) return ObjectiveMinutes.Read(watched, from, to);
    }

    private ObjectiveSeries? Draw(string name, Func<WatchedObjective, ObjectiveSeries> draw)
    {
        if (engine.Set.Find(name) is not { } watched) return null;
        lock (engine.Book.Gate) return draw(watched);
    }

    private ObjectiveStatus Report(WatchedObjective watched, Instant now)
    {
        var told = house.State.Get<ObjectivesState>().Of(watched.Objective.Name).Alerts;
        var evaluation = new Evaluation();
        lock (engine.Book.Gate)
        {
            Evaluator.Evaluate(watched, now.ToUnixTimeMilliseconds(), evaluation);
            return StatusReport.Of(watched, evaluation, told, engine.Book);
        }
    }
}
