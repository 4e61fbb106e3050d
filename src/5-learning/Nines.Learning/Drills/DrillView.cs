using Nines.Catalog;
using NodaTime;

namespace Nines.Learning.Drills;

/// <summary>A drill as anybody may see it: nothing of what comes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What those who take part may know.</param>
/// <param name="Service">The service that it is about; empty for none, or for a past incident's.</param>
/// <param name="Kind"><c>written</c> or <c>replay</c>.</param>
/// <param name="Injects">How many things come; null for a replay, which is read at its start.</param>
/// <param name="Speed">How many minutes of the story pass in one.</param>
/// <param name="GameDay">True where it has the checklist of a game day.</param>
/// <param name="Least">So many must take part.</param>
/// <param name="Teams">Teams that it is for; empty for everybody.</param>
/// <param name="Runs">How often it was scored.</param>
/// <param name="LastAt">When it last was; null for never.</param>
/// <param name="Average">What it came to on average; null for never.</param>
public sealed record DrillView(
    string Name, string Title, string Service, string Kind, int? Injects, double Speed, bool GameDay, int Least, IReadOnlyList<string> Teams, int Runs, Instant? LastAt, double? Average);

/// <summary>Somebody in a drill.</summary>
/// <param name="Person">By handle.</param>
/// <param name="Role">What they do.</param>
/// <param name="Reached">True where a call reached a contact of theirs.</param>
public sealed record InDrill(string Person, DrillRole Role, bool Reached);

/// <summary>Something that came.</summary>
/// <param name="Key">Its key.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name of the alert; empty for anything else.</param>
/// <param name="Text">What it says.</param>
/// <param name="Severity">How loud; empty for anything but an alert.</param>
/// <param name="AcknowledgedAt">When somebody took it on; null before.</param>
/// <param name="AcknowledgedBy">Who, by handle.</param>
/// <param name="Answers">What was answered.</param>
public sealed record CameView(
    string Key, Instant At, InjectKind Kind, string Name, string Text, string Severity, Instant? AcknowledgedAt, string AcknowledgedBy, IReadOnlyList<AnswerView> Answers)
{
    /// <summary>True where somebody should answer, or take it on.</summary>
    public bool Waits => Kind == InjectKind.Alert ? AcknowledgedAt is null : Kind == InjectKind.Clue && !Answers.Any(a => a.Right);
}

/// <summary>An answer to a question.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What was said.</param>
/// <param name="Right">True where it counts.</param>
/// <param name="By">Who, by handle.</param>
public sealed record AnswerView(Instant At, string Text, bool Right, string By);

/// <summary>Something that is still to come: for whoever leads, and for everybody once it is over.</summary>
/// <param name="Key">Its key.</param>
/// <param name="DueAt">When.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says.</param>
/// <param name="Answers">Answers that count.</param>
public sealed record ComingView(string Key, Instant DueAt, InjectKind Kind, string Text, IReadOnlyList<string> Answers);

/// <summary>What only whoever leads sees before the end.</summary>
/// <param name="Story">What is behind it.</param>
/// <param name="From">The past incident; empty for none.</param>
/// <param name="Severity">The severity that is right.</param>
/// <param name="EndsAt">When it is over at the latest.</param>
/// <param name="Coming">What is still to come.</param>
public sealed record BehindView(string Story, string From, string Severity, Instant EndsAt, IReadOnlyList<ComingView> Coming);

/// <summary>An action that followed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its number.</param>
/// <param name="Title">What is done.</param>
/// <param name="State">Where it stands.</param>
public sealed record DrillActionView(string Id, string Name, string Title, string State);

/// <summary>Something of the checklist.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Part">Before, on the day, after.</param>
/// <param name="Text">What to do.</param>
/// <param name="Done">True where it is done.</param>
public sealed record CheckView(string Key, string Part, string Text, bool Done);

/// <summary>A run as doors show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Drill">Name of the drill.</param>
/// <param name="Title">What those who take part may know.</param>
/// <param name="Service">The service that it is about.</param>
/// <param name="State"><c>open</c>, <c>ended</c> or <c>called-off</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Speed">How many minutes of the story pass in one.</param>
public sealed record RunView(string Id, string Name, string Drill, string Title, string Service, string State, Instant StartedAt, Instant? EndedAt, double Speed)
{
    /// <summary>Who is in it, whoever leads first.</summary>
    public IReadOnlyList<InDrill> People { get; init; } = [];

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<CameView> Came { get; init; } = [];

    /// <summary>What only whoever leads sees before the end; null for others.</summary>
    public BehindView? Behind { get; init; }

    /// <summary>The exercise that was declared for it; empty before.</summary>
    public string Incident { get; init; } = "";

    /// <summary>As people say it.</summary>
    public string IncidentName { get; init; } = "";

    /// <summary>The checklist of a game day; empty for any other drill.</summary>
    public IReadOnlyList<CheckView> Checklist { get; init; } = [];

    /// <summary>Why it ended.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>From 0 to 100; null before its end, or where nothing could be measured.</summary>
    public int? Score { get; init; }

    /// <summary>What the score is made of.</summary>
    public IReadOnlyList<ScoreItem> Items { get; init; } = [];

    /// <summary>What went well.</summary>
    public string WentWell { get; init; } = "";

    /// <summary>What is to be learnt.</summary>
    public string ToLearn { get; init; } = "";

    /// <summary>What followed.</summary>
    public IReadOnlyList<DrillActionView> Actions { get; init; } = [];

    /// <summary>True until it is over.</summary>
    public bool Open => State == "open";

    /// <summary>Whoever leads, by handle.</summary>
    public string Leader => People.Count > 0 ? People[0].Person : "";
}

/// <summary>The training of somebody.</summary>
/// <param name="Person">By handle.</param>
/// <param name="Drills">How many they took part in.</param>
/// <param name="Led">How many they led.</param>
/// <param name="LastAt">When they last took part; null for never.</param>
/// <param name="Average">What theirs came to on average; null where none could be measured.</param>
/// <param name="DueAt">By when they should have the next; null for whoever does not train, and for whoever never had one.</param>
/// <param name="State"><c>overdue</c>, <c>never</c>, <c>trained</c>, or <c>not asked</c> of whoever does not train.</param>
/// <param name="Had">What they had, the newest first.</param>
public sealed record TrainingView(string Person, int Drills, int Led, Instant? LastAt, double? Average, Instant? DueAt, string State, IReadOnlyList<DrillHad> Had)
{
    /// <summary>The training of a person. Pure.</summary>
    public static TrainingView Of(Person person, IReadOnlyList<DrillHad> had, DrillPolicy policy, CatalogView catalog, Instant now)
    {
        var took = had.Where(h => h.Role != DrillRole.Leader).ToArray();
        var last = took.Length > 0 ? took.Max(h => h.At) : (Instant?)null;
        var asked = policy.Trains(person, catalog);
        var due = asked ? last + policy.Every : null;
        var state = !asked ? "not asked" : last is null ? "never" : due <= now ? "overdue" : "trained";
        return new(person.Name, took.Length, had.Count - took.Length, last, took.Average(h => h.Score), due, state, [.. had.Reverse()]);
    }
}
