using Microsoft.AspNetCore.Http;

namespace Nines.Shell;

/// <summary>Finds out who sends a request; the room of access fills it.</summary>
public interface ICallers
{
    /// <summary>False until there is an account: every page then leads to set-up.</summary>
    bool SetUp { get; }

    /// <summary>Who sends a request, by session, bearer token or basic password; null where it says nothing that counts. Answers from memory.</summary>
    Caller? Find(HttpContext http);

    /// <summary>The program behind a token that came in a place of its own, such as a field of the body; null for no token of ours.</summary>
    Caller? ByToken(string? token);
}
