using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Nines.Responding.Security;

/// <summary>A notification, filled from what the case knows.</summary>
/// <param name="Text">Ready to be read by somebody before it is sent.</param>
/// <param name="Blanks">What nobody has said yet.</param>
public sealed record NotificationDraft(string Text, IReadOnlyList<string> Blanks)
{
    private static readonly LocalDateTimePattern Clock = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    /// <summary>
    /// The items of GDPR Art. 33(3), which other regimes ask for alike: what happened, to whose data, what may follow, what is done,
    /// whom to ask. Nothing is guessed: what nobody said is a named blank. Pure.
    /// </summary>
    public static NotificationDraft Of(SecurityCase one, BreachDuty duty, SecurityPolicy policy, Instant now)
    {
        var blanks = new List<string>();
        var data = one.Data;
        var standing = BreachClock.Standing(one, duty, policy, now);
        var measures = Measures(one, policy).ToArray();
        string[] lines =
        [
            $"{duty.Title} ({duty.Source})",
            $"Our reference: {one.Name}",
            $"Known since: {(one.Starts.TryGetValue(ClockStart.Aware, out var aware) ? At(aware, policy) : Blank("since when it is known"))}",
            $"Told at: {Blank("when this was told")}{(standing.Due is { } due && due < now ? $" Reasons for the delay: {Blank("why it was not told by " + At(due, policy))}" : "")}",
            "",
            "(a) What happened",
            $"Kind: {SecurityWords.Of(one.Kind)}. {Blank("what happened, in sentences that somebody from outside understands")}",
            $"Kinds of data: {(data is { Kinds.Count: > 0 } ? string.Join(", ", data.Kinds) : Blank("which kinds of data"))}",
            $"People concerned: {(data?.People is { } people ? "about " + people.ToString("N0", CultureInfo.InvariantCulture) : Blank("about how many people"))}{(data is { Countries.Count: > 0 } ? " in " + string.Join(", ", data.Countries) : "")}",
            $"Records concerned: {(data?.Records is { } records ? "about " + records.ToString("N0", CultureInfo.InvariantCulture) : Blank("about how many records"))}",
            "",
            "(b) Whom to ask",
            policy.Contact.Length > 0 ? policy.Contact : Blank("name and address of the data protection officer"),
            "",
            "(c) What may follow for people",
            data is { Consequences.Length: > 0 } ? data.Consequences : Blank("what may follow for people"),
            "",
            "(d) What is done",
            .. measures.Length > 0 ? measures : [Blank("what is done against it, and against its consequences")],
        ];
        return new(string.Join('\n', lines) + "\n", blanks);

        string Blank(string what)
        {
            blanks.Add(what);
            return $"[to be filled in: {what}]";
        }
    }

    // What was ticked off, and what was said on the way from phase to phase: the person who sends it chooses what goes out.
    private static IEnumerable<string> Measures(SecurityCase one, SecurityPolicy policy) =>
        policy.PlaybookOf(one.Kind).Where(i => one.Done.Contains(i.Key) && i.Tells.Length == 0 && i.Phase is (CasePhase.Contain or CasePhase.Eradicate or CasePhase.Recover)).Select(i => "- " + i.Text)
            .Concat(one.Remediation.Length > 0 ? ["- " + one.Remediation] : []);

    private static string At(Instant at, SecurityPolicy policy) => $"{Clock.Format(at.InZone(policy.Zone).LocalDateTime)} ({policy.Zone.Id})";
}
