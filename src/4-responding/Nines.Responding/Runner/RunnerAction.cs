using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>One thing that Nines can do outside the house; exactly one of its kinds is set.</summary>
public sealed record RunnerAction
{
    /// <summary>How long it may last unless it says otherwise.</summary>
    public static readonly Duration UsualTimeout = Duration.FromSeconds(30);

    /// <summary>How long it may last at all.</summary>
    public static readonly Duration LongestTimeout = Duration.FromMinutes(10);

    /// <summary>An HTTP request.</summary>
    public HttpAction? Http { get; init; }

    /// <summary>A command of the allow-list.</summary>
    public CommandAction? Command { get; init; }

    /// <summary>A question to the indicators, the alerts, the signals or a data source.</summary>
    public QueryAction? Query { get; init; }

    /// <summary>A message to somebody's contact, such as their team's channel.</summary>
    public ChatAction? Chat { get; init; }

    /// <summary>True where doing it twice does no harm: after a crash in the middle it is done again.</summary>
    public bool Repeatable { get; init; }

    /// <summary>True where it runs without anybody's approval; only what reads may.</summary>
    public bool Unapproved { get; init; }

    /// <summary>How long it may last.</summary>
    public Duration Timeout { get; init; } = UsualTimeout;

    /// <summary>True where it changes nothing.</summary>
    [JsonIgnore]
    public bool Reads => Query is not null || Http is { Method: "GET" or "HEAD" };

    /// <summary>True where it says itself what is expected; otherwise a person judges what came out.</summary>
    [JsonIgnore]
    public bool Judges => Query is not null || Chat is not null || Http is { Judges: true } || Command is { Judges: true };

    /// <summary>What it does, in one line, as the person who approves it reads it.</summary>
    [JsonIgnore]
    public string Words => this switch
    {
        { Http: { } http } => $"{http.Method} {http.Url}{(http.Body.Length > 0 ? $" with {RunnerText.Cut(http.Body, 200)}" : "")}",
        { Command: { } command } => $"the command {command.Name}{string.Concat(command.With.Select(p => $" {p.Key}={p.Value}"))}",
        { Query: { } query } => query.Words,
        { Chat: { } chat } => $"write to {chat.Person}{(chat.Contact.Length > 0 ? "/" + chat.Contact : "")}: {RunnerText.Cut(chat.Text, 200)}",
        _ => "nothing",
    };

    /// <summary>What is expected to come out, in words.</summary>
    [JsonIgnore]
    public string Expects => this switch
    {
        { Http: { } http } => $"{(http.Status is { Count: > 0 } wanted ? $"HTTP {string.Join(" or ", wanted)}" : "HTTP 200 to 299")}{Holding(http.Contains)}",
        { Command: { } command } => $"exit {command.Exit ?? 0}{Holding(command.Contains)}",
        { Query: { } query } => query.Compared,
        _ => "it arrives",
    };

    /// <summary>The word of its kind.</summary>
    [JsonIgnore]
    public string Kind => this switch { { Http: not null } => "http", { Command: not null } => "command", { Query: not null } => "query", _ => "chat" };

    private static string Holding(string text) => text.Length > 0 ? $", with \"{text}\" in it" : "";
}

/// <summary>An HTTP request.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Url">Its address.</param>
/// <param name="Headers">Headers as they are.</param>
/// <param name="Secrets">Headers whose value is kept elsewhere: <c>env:NAME</c>, <c>file:/path</c>.</param>
/// <param name="Body">Its body; empty for none.</param>
/// <param name="Status">The statuses that are expected; none for any of 200 to 299.</param>
/// <param name="Contains">What the answer must hold; empty for anything.</param>
public sealed record HttpAction(
    string Method, string Url, ImmutableSortedDictionary<string, string> Headers, ImmutableSortedDictionary<string, string> Secrets, string Body = "",
    IReadOnlyList<int>? Status = null, string Contains = "")
{
    /// <summary>True where it says what is expected.</summary>
    [JsonIgnore]
    public bool Judges => Status is { Count: > 0 } || Contains.Length > 0;
}

/// <summary>A command of the allow-list.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="With">Its parameters.</param>
/// <param name="Contains">What its output must hold; empty for anything.</param>
/// <param name="Exit">The exit code that is expected; null for 0.</param>
public sealed record CommandAction(string Name, ImmutableSortedDictionary<string, string> With, string Contains = "", int? Exit = null)
{
    /// <summary>True where it says what is expected.</summary>
    [JsonIgnore]
    public bool Judges => Contains.Length > 0 || Exit is not null;
}

/// <summary>A message.</summary>
/// <param name="Person">Whose contact, by handle.</param>
/// <param name="Contact">Which of their contacts; empty for the first.</param>
/// <param name="Text">What it says.</param>
public sealed record ChatAction(string Person, string Contact, string Text);
