using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>A final postmortem after which so many came that only the journal has all of it: what finds it again, and where it is read.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Services">What it was about.</param>
/// <param name="FinalAt">When it became final.</param>
/// <param name="Gist">The beginning of what it says.</param>
/// <param name="Position">Where in the journal the book had it for the last time.</param>
public sealed record OldPostmortem(string Id, int Number, string Title, IReadOnlyList<string> Services, Instant FinalAt, string Gist, long Position)
{
    /// <summary>A gist has so many characters at most: enough to be found by, little enough for every snapshot.</summary>
    public const int LongestGist = 500;

    /// <summary>As people say it.</summary>
    public string Name => $"PM-{Number}";
}
