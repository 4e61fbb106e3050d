using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>Something that came.</summary>
/// <param name="Inject">What.</param>
/// <param name="At">When.</param>
/// <param name="Calls">Who was called about it.</param>
/// <param name="AcknowledgedAt">When somebody took it on; null before.</param>
/// <param name="AcknowledgedBy">Who; empty before.</param>
/// <param name="Answers">What was answered, in order.</param>
public sealed record InjectCame(
    DrillInject Inject, Instant At, ImmutableList<DrillCall> Calls, Instant? AcknowledgedAt, string AcknowledgedBy, ImmutableList<DrillAnswer> Answers)
{
    /// <summary>When it was answered right; null before.</summary>
    [JsonIgnore]
    public Instant? RightAt => Answers.Find(a => a.Right)?.At;
}

/// <summary>An answer to a question.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What was said.</param>
/// <param name="Right">True where it counts.</param>
/// <param name="By">Opaque id of the person.</param>
public sealed record DrillAnswer(Instant At, string Text, bool Right, string By);

/// <summary>A drill on its way, or over.</summary>
public sealed record DrillRun
{
    /// <summary>How it began, with all that it needs.</summary>
    public required DrillStarted Start { get; init; }

    /// <summary>When it began.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>What came, in order.</summary>
    public ImmutableList<InjectCame> Came { get; init; } = [];

    /// <summary>Messages that may still leave.</summary>
    public ImmutableSortedSet<string> Pending { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Messages that came through, by the people's ids.</summary>
    public ImmutableSortedSet<string> Reached { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The exercise that was declared for it; empty before.</summary>
    public string Incident { get; init; } = "";

    /// <summary>When everybody was first asked how it stands; null before.</summary>
    public Instant? UpdatedAt { get; init; }

    /// <summary>What was ticked off.</summary>
    public ImmutableSortedSet<string> Done { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>When it ended; null before.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why it ended.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>True where it was broken off.</summary>
    public bool CalledOff { get; init; }

    /// <summary>From 0 to 100; null before its end, or where nothing could be measured.</summary>
    public int? Score { get; init; }

    /// <summary>What the score is made of.</summary>
    public ImmutableList<ScoreItem> Items { get; init; } = [];

    /// <summary>What went well; empty before somebody wrote it.</summary>
    public string WentWell { get; init; } = "";

    /// <summary>What is to be learnt.</summary>
    public string ToLearn { get; init; } = "";

    /// <summary>What is to be done, by the actions' ids.</summary>
    public ImmutableList<string> Actions { get; init; } = [];

    /// <summary>Its id.</summary>
    [JsonIgnore]
    public string Id => Start.Id;

    /// <summary>As people say it: <c>DR-4</c>.</summary>
    [JsonIgnore]
    public string Name => $"DR-{Start.Number}";

    /// <summary>True until it is over.</summary>
    [JsonIgnore]
    public bool Open => EndedAt is null;

    /// <summary>Who leads.</summary>
    [JsonIgnore]
    public string Leader => Start.People[0].Person;

    /// <summary>When it is over at the latest.</summary>
    [JsonIgnore]
    public Instant EndsAt => StartedAt + Start.Length;

    /// <summary>What is still to come, the next first.</summary>
    [JsonIgnore]
    public IEnumerable<DrillInject> Coming => Start.Injects.Where(i => Came.TrueForAll(c => c.Inject.Key != i.Key));

    /// <summary>When something comes by the clock.</summary>
    public Instant DueAt(DrillInject inject) => StartedAt + (inject.At / Start.Speed);

    /// <summary>When its clock has to be looked at next; null once it is over.</summary>
    [JsonIgnore]
    public Instant? NextDue => Open ? Coming.Select(DueAt).Append(EndsAt).Min() : null;

    /// <summary>What somebody does in it; null for nothing.</summary>
    public DrillRole? RoleOf(string person) => Start.People.FirstOrDefault(p => p.Person == person)?.Role;

    internal DrillRun Change(string inject, Func<InjectCame, InjectCame> change) => this with { Came = Came.ConvertAll(c => c.Inject.Key == inject ? change(c) : c) };
}
