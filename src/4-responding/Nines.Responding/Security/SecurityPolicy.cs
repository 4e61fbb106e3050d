using System.Collections.Immutable;
using NodaTime;

namespace Nines.Responding.Security;

/// <summary>Something to do in a case.</summary>
/// <param name="Key">Its short name, by which it is ticked off.</param>
/// <param name="Phase">When.</param>
/// <param name="Text">What.</param>
/// <param name="Kinds">Of which kinds of case; empty for all.</param>
/// <param name="Tells">Who is told by it; empty for nobody.</param>
public sealed record PlaybookItem(string Key, CasePhase Phase, string Text, ImmutableArray<CaseKind> Kinds, string Tells = "")
{
    /// <summary>True where it belongs to cases of that kind.</summary>
    public bool IsFor(CaseKind kind) => Kinds.IsEmpty || Kinds.Contains(kind);
}

/// <summary>Those who may read every case.</summary>
/// <param name="People">Handles.</param>
/// <param name="Teams">Names of teams.</param>
/// <param name="Tokens">Names of programs' tokens.</param>
public sealed record CircleSpec(ImmutableArray<string> People, ImmutableArray<string> Teams, ImmutableArray<string> Tokens)
{
    /// <summary>Nobody.</summary>
    public static CircleSpec Nobody { get; } = new([], [], []);
}

/// <summary>How a house deals with security incidents; one a house.</summary>
public sealed record SecurityPolicy
{
    /// <summary>True where a manifest says it: only then do signals open cases, because only then is it known who is to read them.</summary>
    public bool Given { get; init; }

    /// <summary>Who may read every case.</summary>
    public required CircleSpec Circle { get; init; }

    /// <summary>Who may let themselves into a case, visibly.</summary>
    public required CircleSpec MayOpen { get; init; }

    /// <summary>The service whose on-call is paged; empty for the house's default route.</summary>
    public string Service { get; init; } = "";

    /// <summary>Who answers questions about data protection: part of each notification.</summary>
    public string Contact { get; init; } = "";

    /// <summary>Regimes that count here.</summary>
    public required ImmutableArray<string> Regimes { get; init; }

    /// <summary>Duties of this house that do not ship, or replace one that does.</summary>
    public ImmutableArray<BreachDuty> OwnDuties { get; init; } = [];

    /// <summary>The zone in which days and months are counted.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>Days on which nobody works.</summary>
    public ImmutableHashSet<LocalDate> Holidays { get; init; } = [];

    /// <summary>What to do.</summary>
    public required ImmutableArray<PlaybookItem> Playbook { get; init; }

    /// <summary>Whether the signals that ship count.</summary>
    public bool ShippedSignals { get; init; } = true;

    /// <summary>A finding of the same thing joins a case whose newest finding is no older than this.</summary>
    public required Duration Joins { get; init; }

    /// <summary>The duties that count: those that ship of the named regimes, and the house's own.</summary>
    public IReadOnlyList<BreachDuty> Duties =>
        [.. BreachRegimes.Shipped.Where(d => Regimes.Contains(d.Regime) && !OwnDuties.Any(o => o.Key == d.Key)), .. OwnDuties];

    /// <summary>What is to be done in a case of that kind.</summary>
    public IReadOnlyList<PlaybookItem> PlaybookOf(CaseKind kind) => [.. Playbook.Where(p => p.IsFor(kind)).OrderBy(p => p.Phase)];

    /// <summary>As shipped: cases of whoever opens them, GDPR, the playbook below.</summary>
    public static SecurityPolicy Shipped { get; } = new()
    {
        Circle = CircleSpec.Nobody,
        MayOpen = CircleSpec.Nobody,
        Regimes = ["gdpr"],
        Zone = DateTimeZone.Utc,
        Playbook = ShippedPlaybook.Items,
        Joins = Duration.FromHours(24),
    };
}

/// <summary>The playbook that ships, by the phases of NIST SP 800-61r2, section 3.</summary>
public static class ShippedPlaybook
{
    /// <summary>What to do.</summary>
    public static ImmutableArray<PlaybookItem> Items { get; } =
    [
        All("real", CasePhase.Identify, "Is it real? Confirm it, or dismiss it with the reason"),
        All("scope", CasePhase.Identify, "Which systems, accounts and data are touched? Since when?"),
        All("preserve", CasePhase.Identify, "Secure evidence before anything is changed: logs, memory, disk images, each with its hash"),
        All("data", CasePhase.Identify, "Say whose data is affected, which kinds, about how many people: deadlines depend on it"),
        Of("sources", CasePhase.Identify, "Which addresses and accounts are tried, how many got in?", CaseKind.CredentialStuffing),
        Of("exposure", CasePhase.Identify, "Where does the secret stand, since when, who could read it, what does it open?", CaseKind.LeakedSecret),
        Of("read", CasePhase.Identify, "What was read or copied, by whom, through which door?", CaseKind.DataAccess),
        Of("rights", CasePhase.Identify, "Which rights were gained, by which account, what was done with them?", CaseKind.PrivilegeEscalation),
        Of("sample", CasePhase.Identify, "Keep a sample and its hash; which machines show the same?", CaseKind.Malware),
        All("short-term", CasePhase.Contain, "Stop it from spreading without warning whoever does it, where that can be"),
        Of("lock", CasePhase.Contain, "Lock the accounts that were entered, slow or block the sources, ask for a second factor", CaseKind.CredentialStuffing),
        Of("revoke", CasePhase.Contain, "Revoke the secret and issue another one; end sessions that it opened", CaseKind.LeakedSecret),
        Of("close-door", CasePhase.Contain, "Close the door through which it was read", CaseKind.DataAccess),
        Of("withdraw", CasePhase.Contain, "Withdraw the rights, end the sessions and tokens of the account", CaseKind.PrivilegeEscalation),
        Of("isolate", CasePhase.Contain, "Take the machines off the network, do not switch them off", CaseKind.Malware),
        All("root", CasePhase.Eradicate, "Remove what let it in, everywhere, not only where it was seen"),
        Of("passwords", CasePhase.Eradicate, "Set passwords of affected accounts anew", CaseKind.CredentialStuffing),
        Of("history", CasePhase.Eradicate, "Remove the secret from histories, images and backups; scan for others", CaseKind.LeakedSecret),
        Of("rebuild", CasePhase.Eradicate, "Build machines anew from a known state instead of cleaning them", CaseKind.Malware),
        All("restore", CasePhase.Recover, "Bring systems back, watch them closely, say until when"),
        All("signals", CasePhase.Recover, "Is there a signal that would have found it earlier? Write it"),
        All("review", CasePhase.Learn, "Write down what happened, blamelessly, and what is changed"),
        All("keep", CasePhase.Learn, "Say how long evidence is kept, and who deletes it"),
        Tell("tell-owner", CasePhase.Identify, "Tell whoever answers for the affected service", "owner of the service"),
        Tell("tell-legal", CasePhase.Identify, "Tell legal and the data protection officer: the clocks of the law may run already", "legal, data protection officer"),
        Tell("tell-management", CasePhase.Contain, "Tell the management", "management"),
        Tell("tell-insurer", CasePhase.Contain, "Tell the insurer, if there is one for this", "insurer"),
        Tell("tell-partners", CasePhase.Recover, "Tell partners whose data or systems are touched, as contracts say", "partners and customers by contract"),
    ];

    private static PlaybookItem All(string key, CasePhase phase, string text) => new(key, phase, text, []);

    private static PlaybookItem Of(string key, CasePhase phase, string text, CaseKind kind) => new(key, phase, text, [kind]);

    private static PlaybookItem Tell(string key, CasePhase phase, string text, string whom) => new(key, phase, text, [], whom);
}
