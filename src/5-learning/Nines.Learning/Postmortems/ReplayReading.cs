using Nines.Kernel;
using Nines.Measuring.Objectives;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>Reads the minutes that are kept, and replays policies over them.</summary>
public sealed class ReplayReading(ObjectiveQueries objectives)
{
    /// <summary>What policies would have done for a postmortem's incident; why there is no answer.</summary>
    public Outcome<ReplayResult> Of(PostmortemView postmortem, Instant now)
    {
        if (postmortem.Facts is not { } facts) return Problem.Conflict("Its incident is kept in the journal only; it cannot be replayed any more.");
        var rows = new List<ReplayRow>();
        var notes = new List<string>();
        var days = 0.0;
        foreach (var status in objectives.Of([.. facts.Services], now))
        {
            if (Input(status.Name, facts, now, notes) is not { } input) continue;
            days = Math.Max(days, input.Minutes.Covered / 1440.0);
            rows.AddRange(PolicyReplay.Of(input, facts.Clocks.Detected, facts.Clocks.ImpactUntil ?? facts.Clocks.Resolved ?? now));
        }

        if (rows.Count == 0 && notes.Count == 0) notes.Add("No objective of its services is measured.");
        return new ReplayResult(postmortem.Incident, facts.Clocks.Detected, days, rows, notes);
    }

    private ReplayInput? Input(string name, PostmortemFacts facts, Instant now, List<string> notes)
    {
        if (objectives.Definition(name) is not { } objective || objectives.Minutes(name, now - Duration.FromDays(PolicyReplay.Days), now) is not { } minutes) return null;
        if (minutes.Members is not null) notes.Add($"{name} adds up its members; replay theirs.");
        else if (objective.Policy.BudgetConsumed) notes.Add($"{name} asks for the budget consumed; its policy is replayed by burn.");
        if (minutes.Members is not null) return null;
        return new(objective, new(minutes.From, minutes.Bad, minutes.Total), facts.Impact.FirstOrDefault(i => i.Measured.Objective == name)?.Measured.From);
    }
}
