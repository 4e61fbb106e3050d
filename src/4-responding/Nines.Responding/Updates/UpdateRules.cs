using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Responding.Updates;

/// <summary>What is asked to tell those who wait.</summary>
/// <param name="Audience">Whom it is for: internal, executives or customers.</param>
/// <param name="Subject">Its headline; empty for the draft's.</param>
/// <param name="Text">The rest; empty for the draft's.</param>
/// <param name="Next">In how long the next one comes, such as <c>30m</c>; empty for what the severity asks.</param>
public sealed record PostRequest(string Audience = "internal", string Subject = "", string Text = "", string Next = "");

/// <summary>What is asked to be told.</summary>
/// <param name="Person">Who; empty for whoever asks.</param>
/// <param name="Audience">What they want to hear.</param>
/// <param name="Services">Only of these; none for all.</param>
/// <param name="Least">Only of this severity, or worse; empty for sev2.</param>
public sealed record SubscribeRequest(string Person = "", string Audience = "internal", IReadOnlyList<string>? Services = null, string Least = "");

/// <summary>What may be said, and who may listen. Pure.</summary>
public static class UpdateRules
{
    /// <summary>So many characters a text takes.</summary>
    public const int Longest = 4_000;

    private const int LongestSubject = 200;
    private static readonly Duration LongestWait = Duration.FromHours(24);

    /// <summary>The text of an update, whole; or everything that is wrong with it.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="draft">What stands where nothing was written; null where there is no template for that audience.</param>
    public static Outcome<(UpdateAudience Audience, string Subject, string Text, Duration? Next)> Read(PostRequest asked, Func<UpdateAudience, UpdateDraft?> draft)
    {
        var wrong = new List<Problem>();
        var audience = AudienceOf(asked.Audience, wrong);
        var offered = wrong.Count == 0 ? draft(audience) : null;
        var subject = (asked.Subject.Trim() is { Length: > 0 } s ? s : offered?.Subject ?? "").ReplaceLineEndings(" ");
        var text = asked.Text.Trim() is { Length: > 0 } t ? t : offered?.Text ?? "";
        if (wrong.Count == 0 && subject.Length == 0) wrong.Add(Problem.Invalid("The update has no headline.", "Write in a few words how it stands.", "subject"));
        if (wrong.Count == 0 && text.Length == 0) wrong.Add(Problem.Invalid("The update has no text.", "Write how it stands.", "text"));
        if (subject.Length > LongestSubject) wrong.Add(Problem.Invalid($"The headline has {subject.Length} characters.", $"It takes {LongestSubject}.", "subject"));
        if (text.Length > Longest) wrong.Add(Problem.Invalid($"The text has {text.Length} characters.", $"It takes {Longest}; link the rest.", "text"));
        Duration? next = null;
        if (asked.Next.Length > 0)
        {
            if (FieldDuration.TryParse(asked.Next, out var given) && given > Duration.Zero && given <= LongestWait) next = given;
            else wrong.Add(Problem.Invalid($"\"{asked.Next}\" is no time until the next update.", "Write one such as 30m or 2h, a day at most.", "next"));
        }

        return wrong.Count > 0 ? Outcome<(UpdateAudience, string, string, Duration?)>.Failed(wrong) : (audience, subject, text, next);
    }

    /// <summary>Whoever wants to hear about an incident in that audience, each person once.</summary>
    public static IReadOnlyList<string> Listeners(UpdateBook book, Incident incident, UpdateAudience audience) =>
        [.. book.Subscriptions.Values.Where(s => s.Audience == audience && s.Wants(incident)).Select(s => s.Person).Distinct(StringComparer.Ordinal)];

    /// <summary>A subscription; the same one twice is once.</summary>
    public static Outcome<UpdatesSubscribed?> Subscribe(UpdateBook book, ManifestSet catalog, SubscribeRequest asked, string actor, string id)
    {
        var wrong = new List<Problem>();
        var audience = AudienceOf(asked.Audience, wrong);
        var least = IncidentSeverity.Sev2;
        if (asked.Least.Length > 0 && SeverityText.Parse(asked.Least) is var said)
        {
            if (said is { } given) least = given;
            else wrong.Add(Problem.Invalid($"\"{asked.Least}\" is no severity.", "Write sev1, sev2, sev3 or sev4.", "least"));
        }

        string[] services = [.. (asked.Services ?? []).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal)];
        foreach (var service in services.Where(s => CatalogView.Of(catalog).Service(s) is null))
            wrong.Add(Problem.Invalid($"There is no service \"{service}\" in the catalog.", $"{catalog.DidYouMean<Service>(service)}List them with \"nines get Service\".", "services"));
        var name = asked.Person.Length > 0 ? asked.Person : actor;
        var view = CatalogView.Of(catalog);
        var person = view.Person(name) ?? view.PersonById(name);
        if (person is null) wrong.Add(Problem.Invalid(asked.Person.Length > 0 ? $"There is no person \"{name}\" in the catalog." : "Nobody said who wants to be told.", "Name somebody of the catalog; list them with \"nines get Person\".", "person"));
        if (wrong.Count > 0) return Outcome<UpdatesSubscribed?>.Failed(wrong);
        var same = book.Subscriptions.Values.Any(s => s.Person == person!.Id && s.Audience == audience && s.Least == least && s.Services.Order(StringComparer.Ordinal).SequenceEqual(services.Order(StringComparer.Ordinal)));
        return same ? Outcome<UpdatesSubscribed?>.Of(null) : new UpdatesSubscribed(id, person!.Id, audience, services, least);
    }

    private static UpdateAudience AudienceOf(string text, List<Problem> wrong)
    {
        if (!int.TryParse(text, out _) && Enum.TryParse<UpdateAudience>(text, ignoreCase: true, out var audience)) return audience;
        wrong.Add(Problem.Invalid($"\"{text}\" is no audience.", "Write internal, executives or customers.", "audience"));
        return UpdateAudience.Internal;
    }
}
