namespace Nines.Responding.Security;

/// <summary>Which playbook a case follows.</summary>
public enum CaseKind
{
    /// <summary>Passwords of others are tried.</summary>
    CredentialStuffing,

    /// <summary>A secret is where it must not be.</summary>
    LeakedSecret,

    /// <summary>Somebody read, or took, what they must not.</summary>
    DataAccess,

    /// <summary>Somebody may more than they should.</summary>
    PrivilegeEscalation,

    /// <summary>A program that nobody wants runs.</summary>
    Malware,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What kind of signal something is (seed 004).</summary>
public enum SignalCategory
{
    /// <summary>Sign-ins that fail.</summary>
    FailedLogins,

    /// <summary>An interface is used as nobody uses it.</summary>
    ApiPattern,

    /// <summary>Data is read that should not be.</summary>
    DataAccess,

    /// <summary>Rights are given, or taken.</summary>
    PrivilegeEscalation,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Nobody knows yet whether it is real.</summary>
    Suspected,

    /// <summary>It is real.</summary>
    Confirmed,

    /// <summary>A false alarm.</summary>
    Dismissed,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>The phases of NIST SP 800-61r2, section 3, as people say them.</summary>
public enum CasePhase
{
    /// <summary>Detection and analysis.</summary>
    Identify,

    /// <summary>Containment.</summary>
    Contain,

    /// <summary>Eradication.</summary>
    Eradicate,

    /// <summary>Recovery.</summary>
    Recover,

    /// <summary>Post-incident activity.</summary>
    Learn,
}

/// <summary>Who does what.</summary>
public enum CaseRole
{
    /// <summary>Leads the case.</summary>
    Lead,

    /// <summary>Secures and reads evidence.</summary>
    Forensics,

    /// <summary>Knows who must be told by when.</summary>
    Legal,

    /// <summary>Speaks to those who must be told.</summary>
    Communications,
}

/// <summary>What begins a clock of the law.</summary>
public enum ClockStart
{
    /// <summary>Somebody of the house knew.</summary>
    Aware,

    /// <summary>It was classified as major (DORA).</summary>
    Major,

    /// <summary>It was determined to be material (SEC).</summary>
    Material,
}

/// <summary>A reminder of a deadline.</summary>
public enum ReminderMark
{
    /// <summary>Half of the time is over.</summary>
    Half,

    /// <summary>Twelve hours are left.</summary>
    TwelveHours,

    /// <summary>Two hours are left.</summary>
    TwoHours,

    /// <summary>It is over.</summary>
    Overdue,
}

/// <summary>What a line of a case is about.</summary>
public enum CaseLineKind
{
    /// <summary>A finding.</summary>
    Finding,

    /// <summary>Where it stands.</summary>
    State,

    /// <summary>Who does what.</summary>
    Role,

    /// <summary>What somebody wrote.</summary>
    Note,

    /// <summary>What corrects an earlier line.</summary>
    Correction,

    /// <summary>Deadlines.</summary>
    Clock,

    /// <summary>Evidence.</summary>
    Evidence,
}

/// <summary>The words that people read and write for what the room names.</summary>
public static class SecurityWords
{
    /// <summary>A kind in words.</summary>
    public static string Of(CaseKind kind) => kind switch
    {
        CaseKind.CredentialStuffing => "credential stuffing",
        CaseKind.LeakedSecret => "leaked secret",
        CaseKind.DataAccess => "data access",
        CaseKind.PrivilegeEscalation => "privilege escalation",
        CaseKind.Malware => "malware",
        _ => "other",
    };

    /// <summary>A category in words.</summary>
    public static string Of(SignalCategory category) => category switch
    {
        SignalCategory.FailedLogins => "failed logins",
        SignalCategory.ApiPattern => "API pattern",
        SignalCategory.DataAccess => "data access",
        SignalCategory.PrivilegeEscalation => "privilege escalation",
        _ => "other",
    };

    /// <summary>What a role does.</summary>
    public static string Does(CaseRole role) => role switch
    {
        CaseRole.Lead => "decides, and answers for the case",
        CaseRole.Forensics => "secures evidence before anything is changed",
        CaseRole.Legal => "knows who must be told by when",
        _ => "speaks to those who must be told",
    };

    /// <summary>A reminder in words.</summary>
    public static string Of(ReminderMark mark) => mark switch
    {
        ReminderMark.Half => "half of its time is over",
        ReminderMark.TwelveHours => "12 hours are left",
        ReminderMark.TwoHours => "2 hours are left",
        _ => "it is overdue",
    };

    /// <summary>The written form: <c>leaked-secret</c>.</summary>
    public static string Word<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The value of a written form, with or without hyphens; null for none.</summary>
    public static T? Read<T>(string text) where T : struct, Enum
    {
        var plain = text.Trim().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return plain.Length > 0 && char.IsLetter(plain[0]) && Enum.TryParse<T>(plain, ignoreCase: true, out var value) ? value : null;
    }

    /// <summary>All written forms, with commas.</summary>
    public static string All<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Word));
}
