using Nines.Alerting.Alerts;
using Nines.Kernel;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>Takes mails: finds the integration of each address, reads the mail as its mapping says, and answers once it is durable.</summary>
internal sealed class MailDesk(IntegrationDesk desk, IHouse house)
{
    /// <summary>The SMTP reply that refuses an address; empty where it is taken.</summary>
    public string Judge(string address)
    {
        var found = Find(address);
        if (found.Ok) return "";
        return found.Problems[0].Kind == ProblemKind.Unavailable ? "451 The key of this address cannot be read now" : "550 No integration has this address";
    }

    /// <summary>Takes a message for its recipients.</summary>
    public async Task<(bool Taken, string Why)> TakeAsync(SmtpDelivery delivery, CancellationToken stop)
    {
        try
        {
            var mail = ReceivedMail.Read(delivery.Message);
            var alerts = 0;
            foreach (var address in delivery.Recipients.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var from = Find(address);
                if (!from.Ok) return (false, from.Problems[0].What);
                var events = MailEvents.Read(mail, from.Value.Mapping);
                if (!events.Ok) return (false, events.Problems[0].What);
                var answer = await desk.TakeAsync(from.Value, [.. events.Value.Select(e => InThread(from.Value.Name, mail, e))], stop);
                if (!answer.Ok) return (false, answer.Problems[0].What);
                alerts += answer.Value.Taken.Count;
            }

            return (true, alerts == 1 ? "1 alert" : $"{alerts} alerts");
        }
        catch (StorageException e)
        {
            return (false, e.Message);
        }
    }

    private Outcome<Integration> Find(string address)
    {
        var (name, key) = IntegrationAddress.Read(address);
        // Whoever reaches the port is nobody in particular: only what a manifest declares takes mail.
        return desk.Declared.FirstOrDefault(i => i.Kind == IntegrationKind.Mail && i.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } declared
            ? desk.Named(IntegrationKind.Mail, declared.Name, key, trusted: declared.Key is null)
            : Problem.NotFound($"There is no mail integration \"{SentText.Line(name, 60)}\".");
    }

    /// <summary>An answer to a mail that opened an alert is about that alert, whatever its subject says.</summary>
    private DoorEvent InThread(string integration, ReceivedMail mail, DoorEvent read)
    {
        if (MailEvents.Answered(mail) is not { Count: > 0 } answered) return read;
        var state = house.State;
        var book = state.Get<AlertBook>();
        var known = state.Get<DoorKeys>().ById.Values.FirstOrDefault(k => k.Integration == integration && k.EndedAt is null
            && book.All.GetValueOrDefault(k.Id)?.Annotations.GetValueOrDefault(MailEvents.MessageIdNote) is { } id && answered.Contains(id));
        return known is null ? read : read with { Key = known.Key };
    }
}
