using System.Text.Json;
using System.Text.RegularExpressions;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>
/// A mail as an event: the subject is the title, the body the details. What it is about is its subject without the words
/// that only say a state; those words say whether it fires. (An answer belongs to the alert of the mail that it answers.)
/// </summary>
internal static partial class MailEvents
{
    /// <summary>The annotation that keeps a mail's own id, so that answers find their alert.</summary>
    public const string MessageIdNote = "mail.message-id";

    // As monitoring programs write them: Nagios and Icinga "** PROBLEM Service Alert: …", Zabbix "Resolved in 5m: …",
    // Alertmanager and Grafana "[FIRING:1] …", monit "… succeeded", Prometheus "[RESOLVED] …".
    private static readonly string[] EndWords = ["resolved", "recovery", "recovered", "ok", "closed", "cleared", "clear", "up", "fixed", "succeeded", "normal", "restored"];
    private static readonly string[] AcknowledgeWords = ["acknowledgement", "acknowledged", "ack"];
    private static readonly string[] FireWords = ["firing", "problem", "alert", "alerting", "triggered", "critical", "warning", "down", "failed", "failure", "error", "open", "new"];

    /// <summary>The shipped reading of a mail.</summary>
    public static EventMapping Mapping { get; } = EventMapping.Automatic with
    {
        Title = EventTemplate.Of("{{subject}}"),
        Details = EventTemplate.Of("{{body}}"),
        Dedup = EventTemplate.Of("{{thread}}"),
        State = EventTemplate.Of("{{state}}"),
        Severity = EventTemplate.Of("{{headers.x-severity | headers.x-priority-word | severity}}"),
        StartedAt = EventTemplate.Of("{{none}}"),
        Links = new Dictionary<string, EventTemplate>(StringComparer.Ordinal),
        TakesLabels = false,
    };

    /// <summary>The events of a mail: one, unless a mapping reads a list.</summary>
    public static Outcome<IReadOnlyList<DoorEvent>> Read(ReceivedMail mail, EventMapping? mapping)
    {
        var json = new SentJson();
        var read = MappedEvents.Read(json, AsJson(mail), mapping ?? Mapping);
        var id = MessageId().Match(mail.Header("message-id"));
        return id.Success && read.Ok ? Outcome<IReadOnlyList<DoorEvent>>.Of([.. read.Value.Select(e => Remembering(e, id.Value))]) : read;
    }

    /// <summary>The messages that a mail answers, the first of its thread first.</summary>
    public static IReadOnlyList<string> Answered(ReceivedMail mail) =>
        [.. MessageId().Matches(mail.Header("references") + " " + mail.Header("in-reply-to")).Select(m => m.Value).Take(50).Distinct(StringComparer.Ordinal)];

    /// <summary>The mail as the value that a mapping reads: subject, body, from, thread, state, severity, headers.</summary>
    public static JsonElement AsJson(ReceivedMail mail)
    {
        var subject = mail.Header("subject").Trim();
        if (subject.Length == 0) subject = FirstLine(mail.Text);
        var (about, state, severity) = Subject(subject);
        return JsonSerializer.SerializeToElement(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["subject"] = subject.Length > 0 ? subject : "A mail without a subject",
            ["body"] = SentText.Block(mail.Text),
            ["from"] = mail.Header("from"),
            ["thread"] = about,
            ["state"] = state,
            ["severity"] = severity,
            ["headers"] = mail.Headers,
        });
    }

    /// <summary>What a subject is about without its words of state, which state they say, and how bad.</summary>
    public static (string About, string State, string Severity) Subject(string subject)
    {
        var text = SentText.Line(subject, 400);
        while (Reply().Match(text) is { Success: true } reply) text = text[reply.Length..];
        var (state, severity) = ("", "");
        // "[FIRING:1]", "[RESOLVED]", "** RECOVERY", "PROBLEM:", "Resolved in 5m:" at the front, any number of them.
        for (var i = 0; i < 6 && Front().Match(text) is { Success: true } front && Means(front.Groups["word"].Value, ref state, ref severity); i++) text = text[front.Length..].TrimStart();
        // "host/service is CRITICAL **", "… - OK", "… succeeded" at the end.
        if (Back().Match(text) is { Success: true } back && Means(back.Groups["word"].Value, ref state, ref severity)) text = text[..back.Index];
        text = text.Trim(' ', '*', '-', ':', '.', '!');
        return (text.Length > 0 ? text.ToLowerInvariant() : SentText.Line(subject, 400).ToLowerInvariant(), state, severity);
    }

    private static bool Means(string word, ref string state, ref string severity)
    {
        if (EndWords.Contains(word, StringComparer.OrdinalIgnoreCase)) state = state.Length == 0 || state == "firing" ? "resolved" : state;
        else if (AcknowledgeWords.Contains(word, StringComparer.OrdinalIgnoreCase)) state = state.Length == 0 ? "acknowledged" : state;
        else if (!FireWords.Contains(word, StringComparer.OrdinalIgnoreCase)) return false;
        else if (state.Length == 0) state = "firing";
        if (severity.Length == 0 && word.ToLowerInvariant() is "critical" or "warning" or "error") severity = word.ToLowerInvariant();
        return true;
    }

    private static DoorEvent Remembering(DoorEvent read, string message) =>
        read with { Annotations = new Dictionary<string, string>(read.Annotations, StringComparer.Ordinal) { [MessageIdNote] = message } };

    private static string FirstLine(string text) => SentText.Line(text.TrimStart().Split('\n', 2)[0]);

    [GeneratedRegex(@"^\s*(re|fwd?|aw|wg|antw)\s*(\[\d+\])?\s*:\s*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^[\s*\[(]*(?<word>[A-Za-z]+)(\s*:\s*\d+|\s+in\s+[0-9a-z ]{1,30})?([\])*:!]+|\s+-|\s|$)\s*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Front();

    [GeneratedRegex(@"[\s:-]+(is\s+|has\s+|now\s+|state\s+)*(?<word>[A-Za-z]+)[\s*!.\])]*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Back();

    [GeneratedRegex(@"<[^<>\s]{1,300}>", RegexOptions.NonBacktracking)]
    private static partial Regex MessageId();
}
