using System.Text.Json;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Responding.Runner;

/// <summary>Intends calls, and calls them off, in the commit of whoever asks.</summary>
public sealed class RunnerCalls(CompiledManifests manifests, IContactBook contacts, IOptions<RunnerOptions> options, IOptions<NotificationsOptions> notifications)
{
    // One try: what fails is told at once, and a person or a rule tries again.
    private static readonly Duration Patience = Duration.FromSeconds(30);

    /// <summary>The allow-list.</summary>
    public IReadOnlyDictionary<string, AllowedCommand> Allowed => options.Value.Commands;

    /// <summary>Why an action cannot be done in this house; nothing where it can.</summary>
    public IReadOnlyList<Problem> Check(HouseState state, RunnerAction action) => action switch
    {
        { Command: { } command } => CommandArguments.Of(options.Value.Commands, command) is { Ok: false } refused ? refused.Problems : [],
        { Chat: { } chat } => ContactOf(state, chat) is { Ok: false } nobody ? nobody.Problems : [],
        { Http: { } http } when !Uri.TryCreate(http.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") => [Problem.Invalid($"\"{http.Url}\" is not an address.", "Write one that begins with https://.", "http.url")],
        _ => [],
    };

    /// <summary>Intends a call; its id, or why it cannot be.</summary>
    /// <param name="deciding">Where it is written.</param>
    /// <param name="action">What is done, with its labels filled in.</param>
    /// <param name="about">What it belongs to.</param>
    /// <param name="by">Who approved it; empty for nobody.</param>
    /// <param name="page">Where to read more, as a path.</param>
    /// <param name="once">True where it is never done again after a crash in its middle, whatever the action says.</param>
    public Outcome<string> Call(Deciding deciding, RunnerAction action, string about, string by, string page, bool once = false)
    {
        if (Check(deciding.State, action) is { Count: > 0 } wrong) return Outcome<string>.Failed(wrong);
        var id = deciding.NewId();
        deciding.Write(RunnerBook.StreamOf(id), new RunnerCalled(id, about, action, by, once));
        deciding.Write(Outbox.StreamOf(id), action.Chat is { } chat ? Message(deciding, id, chat, about, page) : new OutboxIntended(
            id, RunnerSender.KindOfEffects, $"runner/{action.Kind}", about, JsonSerializer.SerializeToElement(new { call = id }, HouseJson.Options), Before(deciding.State, action), Patience));
        return id;
    }

    /// <summary>Calls off what is not over; it stops before this commit is answered.</summary>
    public static void CallOff(Deciding deciding, string id, string reason)
    {
        if (deciding.State.Get<RunnerBook>().Calls.GetValueOrDefault(id) is not { EndedAt: null } call) return;
        deciding.Write(Outbox.StreamOf(id), new OutboxCancelled(id, reason));
        deciding.Write(RunnerBook.StreamOf(id), new RunnerEnded(id, call.About, RunnerVerdict.CalledOff, reason, 0));
    }

    /// <summary>Calls of one command run one after the other.</summary>
    private static string? Before(HouseState state, RunnerAction action) =>
        action.Command is { } command ? state.Get<RunnerBook>().Open.LastOrDefault(c => c.Action.Command?.Name == command.Name)?.Id : null;

    private OutboxIntended Message(Deciding deciding, string id, ChatAction chat, string about, string page)
    {
        var contact = ContactOf(deciding.State, chat).Value;
        var message = new ChannelMessage(
            MessageEvent.Updated, id, notifications.Value.PublicUrl.TrimEnd('/') + page, AlertSeverity.Ticket, "", chat.Text, deciding.Now, "A runbook or a remediation asks for it.", true, []);
        return new(id, contact.Kind, contact.Name, about, JsonSerializer.SerializeToElement(message, HouseJson.Options));
    }

    private Outcome<Contact> ContactOf(HouseState state, ChatAction chat)
    {
        var catalog = manifests.For(state);
        if (CatalogView.Of(catalog).Person(chat.Person) is not { } person) return Problem.NotFound($"There is no person \"{chat.Person}\" in the catalog.", $"{catalog.DidYouMean<Person>(chat.Person)}List them with \"nines get Person\".", "chat.person");
        var all = contacts.Of(state, person.Id);
        return (chat.Contact.Length == 0 && all.Count > 0 ? all[0] : all.FirstOrDefault(c => c.ShortName == chat.Contact)) is { } contact
            ? contact
            : Problem.NotFound(chat.Contact.Length == 0 ? $"{chat.Person} has no contact." : $"{chat.Person} has no contact {chat.Contact}.", all.Count == 0 ? "Write one into their manifest." : $"They have {string.Join(", ", all.Select(c => c.ShortName))}.", "chat.contact");
    }
}
