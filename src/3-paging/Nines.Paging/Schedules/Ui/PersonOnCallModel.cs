using Nines.Catalog;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Schedules.Ui;

/// <summary>A shift of one person.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="From">When it begins.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Reason">Why them.</param>
/// <param name="CoverAddress">Where the form is that asks for cover of it.</param>
public sealed record OwnShift(string Schedule, string DisplayName, Instant From, Instant Until, string Reason, string CoverAddress)
{
    /// <summary>When it begins, for those who hear the link.</summary>
    public string CoverWords => From.InUtc().ToString("d MMMM HH':'mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>All that somebody's own page shows.</summary>
/// <param name="Person">Them.</param>
/// <param name="Shifts">Of the next 90 days.</param>
/// <param name="Contacts">Ways to reach them.</param>
/// <param name="Asked">Requests for cover that they could answer.</param>
/// <param name="Now">The present time.</param>
/// <param name="Draft">The form that asks for cover.</param>
/// <param name="Schedules">Schedules that could be asked about, with others who could cover.</param>
/// <param name="Others">Who could cover; handles and names.</param>
/// <param name="InReturn">Shifts of others that could be taken in return; value and words.</param>
/// <param name="Problems">What is wrong with the form.</param>
/// <param name="FeedSince">Since when their calendar has an address; null for none.</param>
/// <param name="FeedAddress">That address, right after it was made.</param>
public sealed record PersonOnCallModel(Person Person, IReadOnlyList<OwnShift> Shifts, IReadOnlyList<Contact> Contacts, IReadOnlyList<(string Schedule, CoverView Request)> Asked, Instant Now,
    CoverDraft Draft, IReadOnlyList<(string Value, string Words)> Schedules, IReadOnlyList<(string Value, string Words)> Others, IReadOnlyList<(string Value, string Words)> InReturn, IReadOnlyList<Problem> Problems,
    Instant? FeedSince = null, string? FeedAddress = null)
{
    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var on = Shifts.Where(s => s.From <= Now && Now < s.Until).ToArray();
        if (on.Length > 0)
            return [Phrase.Bold($"{Person.DisplayName} is on call for {string.Join(" and ", on.Select(s => s.DisplayName).Distinct(StringComparer.Ordinal))}"), " until ", Phrase.Time(on.Max(s => s.Until), TimeForm.Clock, reader), "."];
        return Shifts.Count > 0
            ? [$"{Person.DisplayName} is not on call now; next ", Phrase.Time(Shifts[0].From, TimeForm.Sentence, reader, strong: true), $" for {Shifts[0].DisplayName}."]
            : [$"{Person.DisplayName} is not on call in the next 90 days."];
    }

    /// <summary>True where nothing could wake them.</summary>
    public bool Unreachable => Contacts.Count == 0;
}
