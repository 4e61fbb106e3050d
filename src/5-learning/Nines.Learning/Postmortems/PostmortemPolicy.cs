using System.Collections.Immutable;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A side from which a cause is looked for, with what to ask there.</summary>
/// <param name="Key">Its short name, which is part of its section's key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Ask">What to ask.</param>
public sealed record CauseCategory(string Key, string Name, string Ask);

/// <summary>Words that judge instead of explain.</summary>
/// <param name="Phrase">The words, whole, in any case.</param>
/// <param name="BesidePeople">True where they judge only beside a person: a service may fail to answer.</param>
/// <param name="Why">What is wrong with them.</param>
/// <param name="Better">What to write instead.</param>
public sealed record BlameWord(string Phrase, bool BesidePeople, string Why, string Better);

/// <summary>A part of the review meeting.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Ask">What is asked.</param>
public sealed record AgendaPart(string Title, int Minutes, ImmutableArray<string> Ask);

/// <summary>
/// How this house learns: which incidents need a postmortem, by when, what is asked, which words judge. One a house;
/// shipped as seed 003 (phase 6) has it.
/// </summary>
public sealed record PostmortemPolicy
{
    /// <summary>Severities whose incidents need one.</summary>
    public required ImmutableArray<IncidentSeverity> Severities { get; init; }

    /// <summary>Business days from the end of the incident until it is final.</summary>
    public required int BusinessDays { get; init; }

    /// <summary>So many reviewers at least.</summary>
    public required int Reviewers { get; init; }

    /// <summary>The zone of services whose owners name none.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>What a minute of an outage costs, by service; nothing is guessed for others.</summary>
    public required ImmutableSortedDictionary<string, Money> CostPerMinute { get; init; }

    /// <summary>Contributing factors.</summary>
    public required ImmutableArray<CauseCategory> Factors { get; init; }

    /// <summary>Bones of the fishbone.</summary>
    public required ImmutableArray<CauseCategory> Fishbone { get; init; }

    /// <summary>Words that judge.</summary>
    public required ImmutableArray<BlameWord> BlameWords { get; init; }

    /// <summary>The review meeting.</summary>
    public required ImmutableArray<AgendaPart> Agenda { get; init; }

    private const string Judged = "It judges with what is known now.";
    private const string AskTheSystem = "Say what made it easy to happen, and what would have shown it: the tool, the screen, the step that is missing.";
    private const string NotWho = "It says who, where the document asks how.";
    private const string NameTheRole = "Leave the name out; say what was known at the time, and what in the system let it through.";

    /// <summary>What ships.</summary>
    public static PostmortemPolicy Shipped { get; } = new()
    {
        Severities = [IncidentSeverity.Sev1, IncidentSeverity.Sev2, IncidentSeverity.Sev3],
        BusinessDays = 5,
        Reviewers = 1,
        Zone = DateTimeZone.Utc,
        CostPerMinute = ImmutableSortedDictionary.Create<string, Money>(StringComparer.Ordinal),
        Factors =
        [
            new("trigger", "Trigger", "What change or event started it?"),
            new("propagation", "Propagation", "Why did it spread? Why wasn't it contained?"),
            new("detection", "Detection", "Why wasn't it caught earlier?"),
            new("resolution", "Resolution", "What slowed the fix?"),
            new("process", "Process", "What process gaps contributed?"),
        ],
        Fishbone =
        [
            new("people", "People", "Training? Fatigue? Communication?"),
            new("process", "Process", "Runbook? Escalation? Change management?"),
            new("technology", "Technology", "Bug? Config? Capacity? Dependency?"),
            new("environment", "Environment", "Network? Cloud provider? Third party?"),
            new("monitoring", "Monitoring", "Detection gap? Alert fatigue? Dashboard gap?"),
            new("testing", "Testing", "Test coverage? Load testing? Chaos testing?"),
        ],
        BlameWords =
        [
            new("human error", false, "Human error is where the search begins, not where it ends.", AskTheSystem),
            new("operator error", false, "An error of whoever operates it is where the search begins, not where it ends.", AskTheSystem),
            new("user error", false, "An error of whoever uses it is where the search begins, not where it ends.", AskTheSystem),
            new("should have", false, Judged, "Say what was known at the time, and what would have made the other way the obvious one."),
            new("should've", false, Judged, "Say what was known at the time, and what would have made the other way the obvious one."),
            new("ought to have", false, Judged, "Say what was known at the time, and what would have made the other way the obvious one."),
            new("careless", false, "It judges somebody's care; care is no safeguard.", AskTheSystem),
            new("carelessly", false, "It judges somebody's care; care is no safeguard.", AskTheSystem),
            new("negligent", false, "It judges somebody's care; care is no safeguard.", AskTheSystem),
            new("incompetent", false, "It judges somebody.", AskTheSystem),
            new("to blame", false, NotWho, NameTheRole),
            new("forgot", true, NotWho, "Say what reminded nobody: \"nothing in the release showed that the index was missing\"."),
            new("forgotten by", true, NotWho, "Say what reminded nobody: \"nothing in the release showed that the index was missing\"."),
            new("failed to", true, NotWho, NameTheRole),
            new("neglected", true, NotWho, NameTheRole),
            new("ignored", true, NotWho, "Say how many alerts there were, and what told this one from the others."),
            new("overlooked", true, NotWho, "Say where it could be seen, and what stood in front of it."),
            new("mistake", true, NotWho, NameTheRole),
            new("mistakenly", true, NotWho, NameTheRole),
            new("fault", true, NotWho, NameTheRole),
            new("blame", true, NotWho, NameTheRole),
            new("wrongly", true, NotWho, NameTheRole),
            new("didn't bother", true, NotWho, NameTheRole),
        ],
        Agenda =
        [
            new("Timeline walk-through", 15, ["The author presents the chronology.", "Everybody adds what they remember of these points."]),
            new("Root cause deep-dive", 15, ["Do we agree on the root cause?", "Are there additional contributing factors?"]),
            new("Action item review", 20, ["Are these the right actions?", "Are they prioritized correctly?", "Do the owners agree on the deadlines?"]),
            new("Process improvements", 10, ["Could we have detected this sooner?", "Could we have resolved this faster?", "What would have prevented this entirely?"]),
        ],
    };

    /// <summary>The zone in which days of a service are counted: its owner's, else the house's.</summary>
    public DateTimeZone ZoneOf(IEnumerable<string> services, CatalogView catalog) =>
        services.SelectMany(catalog.OwnersOf).Select(p => p.Zone).FirstOrDefault(z => z is not null) ?? Zone;
}

/// <summary>How a house learns: as its manifest says, or as shipped.</summary>
public static class PostmortemPolicies
{
    /// <summary>The policy of a set of manifests.</summary>
    public static PostmortemPolicy Of(ManifestSet all) => all.Of<PostmortemPolicy>().FirstOrDefault() ?? PostmortemPolicy.Shipped;
}
