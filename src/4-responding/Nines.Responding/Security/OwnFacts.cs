using Nines.Catalog.Access;

namespace Nines.Responding.Security;

/// <summary>What happens at Nines' own doors and may be a signal.</summary>
public enum OwnFact
{
    /// <summary>A sign-in was refused. Counted in memory, not in the journal.</summary>
    SignInRefused,

    /// <summary>A door refused whoever asked: not known, or not allowed. Counted in memory.</summary>
    Refused,

    /// <summary>A token was made.</summary>
    TokenMade,

    /// <summary>A token was made that may do everything.</summary>
    FullTokenMade,

    /// <summary>Somebody was invited to an account.</summary>
    Invited,

    /// <summary>The first account, or a forgotten password, was set with the one-time token of the server.</summary>
    PasswordRecovered,

    /// <summary>Somebody signed in.</summary>
    SignedIn,

    /// <summary>Somebody read a security case.</summary>
    CaseRead,
}

/// <summary>Reads facts from events of the room of access, and of this one. Pure.</summary>
public static class OwnFacts
{
    /// <summary>The fact of an event; null for none.</summary>
    public static OwnFact? Of(object? happened) => happened switch
    {
        TokenMade { Scopes: { } scopes } when scopes.Contains("*") => OwnFact.FullTokenMade,
        TokenMade => OwnFact.TokenMade,
        Invited => OwnFact.Invited,
        PasswordSet { How: "recovery" } => OwnFact.PasswordRecovered,
        SessionOpened => OwnFact.SignedIn,
        CaseRead => OwnFact.CaseRead,
        _ => null,
    };

    /// <summary>True for what is counted in memory, because a stranger can cause as much of it as they like.</summary>
    public static bool InMemory(OwnFact fact) => fact is OwnFact.SignInRefused or OwnFact.Refused;

    /// <summary>What was counted, in words.</summary>
    public static string Words(OwnFact fact) => fact switch
    {
        OwnFact.SignInRefused => "refused sign-ins",
        OwnFact.Refused => "refused requests",
        OwnFact.TokenMade => "new tokens",
        OwnFact.FullTokenMade => "new tokens that may do everything",
        OwnFact.Invited => "invitations",
        OwnFact.PasswordRecovered => "passwords set by recovery",
        OwnFact.CaseRead => "readings of security cases",
        _ => "sign-ins",
    };
}
