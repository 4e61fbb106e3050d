using NodaTime;

namespace Nines.Responding.Incidents;

/// <summary>An incident after which so many came that only the journal has all of it: what finds it again, and where it is read.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Services">What it was about.</param>
/// <param name="DeclaredAt">When it was declared.</param>
/// <param name="Cause">What it came from.</param>
/// <param name="Helped">What helped.</param>
/// <param name="Position">Where in the journal the book had it for the last time.</param>
public sealed record OldIncident(string Id, int Number, string Title, IReadOnlyList<string> Services, Instant DeclaredAt, string Cause, string Helped, long Position)
{
    /// <summary>As people say it.</summary>
    public string Name => $"INC-{Number}";
}
