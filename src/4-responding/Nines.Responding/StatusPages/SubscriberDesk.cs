using System.Text.Json;
using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Those who want to be told: asked, proven, ended. Nobody learns from an answer whether somebody is told; an address that was not
/// proven gets one message, and is forgotten after two days.
/// </summary>
public sealed class SubscriberDesk(IHouse house, SubscriberAddresses addresses, IPersonKeys keys, SignedLinks links, StatusPress press, IdSource ids, TimeProvider clock)
{
    /// <summary>Kind of the effect that asks somebody to prove that it is them.</summary>
    public const string ConfirmKind = "statuspage-confirm";

    /// <summary>What a link that proves it is for.</summary>
    public const string ConfirmPurpose = "statuspage.confirm";

    /// <summary>What a link that ends it is for.</summary>
    public const string LeavePurpose = "statuspage.unsubscribe";

    /// <summary>So many are taken over by one call.</summary>
    public const int MostImported = 1_000;

    /// <summary>Somebody wants to be told: a message goes there that asks whether it is them.</summary>
    public async Task<Outcome<bool>> AskAsync(StatusPage spec, SubscriberKind kind, string text, IReadOnlyList<string> components, CancellationToken stop)
    {
        var (page, address, chosen) = (spec.Name, SubscriberRules.Address(kind, text), SubscriberRules.Components(spec, components));
        if (!address.Ok || !chosen.Ok) return Outcome<bool>.Failed([.. address.Problems, .. chosen.Problems]);
        if (addresses.Find(page, house.State.Get<StatusBook>().Of(page), kind, address.Value) is { ConfirmedAt: not null }) return true;
        var id = ids.Next(clock.Now());
        var key = await keys.GetOrCreateAsync(SubscriberAddresses.KeyOf(id), stop);
        var kept = false;
        var decided = await house.DecideAsync(Actor.Nobody, deciding =>
        {
            kept = false;
            var published = deciding.State.Get<StatusBook>().Of(page);
            var known = addresses.Find(page, published, kind, address.Value);
            var asked = SubscriberRules.Ask(published, known, page, id, kind, known?.Address ?? PersonSeal.Seal(key, address.Value), deciding.Now, chosen.Value);
            if (!asked.Ok) return Outcome<bool>.Failed(asked.Problems);
            if (asked.Value is not { } happened)
            {
                // What they want may be said anew before they prove that it is them; afterwards their link is needed.
                if (known is { ConfirmedAt: null } && SubscriberRules.Choose(published, known, spec, chosen.Value) is { } other) deciding.Write(NoticeRule.StreamOf(page), other);
                return true;
            }

            kept = happened.Id == id;
            deciding.Write(NoticeRule.StreamOf(page), happened);
            var effect = deciding.NewId();
            deciding.Write(Outbox.StreamOf(effect), new OutboxIntended(
                effect, ConfirmKind, page, $"statuspage/{page}", JsonSerializer.SerializeToElement(new ConfirmPayload(page, happened.Id), HouseJson.Options), null, SubscriberRules.ConfirmWithin));
            return true;
        }, stop: stop);
        if (!kept) await addresses.EraseAsync(id, stop);
        return decided.Outcome;
    }

    /// <summary>Somebody opened the link that was sent there and pressed its button.</summary>
    public async Task<Outcome<bool>> ConfirmAsync(string page, string id, string signature, CancellationToken stop)
    {
        var signed = links.Check(ConfirmPurpose, $"{page}/{id}", signature, clock.Now());
        if (!signed.Ok) return Outcome<bool>.Failed(Mend(signed.Problems));
        var decided = await house.DecideAsync(Actor.Nobody, deciding =>
        {
            var known = deciding.State.Get<StatusBook>().Of(page).Subscribers.GetValueOrDefault(id);
            if (known is null) return Problem.NotFound("This subscription has ended.", "Subscribe again.");
            if (known.ConfirmedAt is null) deciding.Write(NoticeRule.StreamOf(page), new SubscriberConfirmed(page, id, "link"));
            return Outcome<bool>.Of(true);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Everybody of a page, those who asked first first; null for no such page.</summary>
    public IReadOnlyList<SubscriberView>? All(string page) => press.Find(page) is not { } spec ? null
        : [.. house.State.Get<StatusBook>().Of(page).Subscribers.Values.OrderBy(s => s.AskedAt).ThenBy(s => s.Id, StringComparer.Ordinal).Select(s => SubscriberView.Of(spec, s, addresses.Open(s)))];

    /// <summary>Who has a link that ends it; null where it is none of ours, or they are gone.</summary>
    public Subscriber? Find(string page, string id, string signature) =>
        links.Check(LeavePurpose, $"{page}/{id}", signature, clock.Now()).Ok ? house.State.Get<StatusBook>().Of(page).Subscribers.GetValueOrDefault(id) : null;

    /// <summary>Who has a link that proves it; null where it is none of ours, or they are gone.</summary>
    public Subscriber? Unproven(string page, string id, string signature) =>
        links.Check(ConfirmPurpose, $"{page}/{id}", signature, clock.Now()).Ok ? house.State.Get<StatusBook>().Of(page).Subscribers.GetValueOrDefault(id) : null;

    /// <summary>Somebody wants to hear of something else.</summary>
    public async Task<Outcome<bool>> ChooseAsync(StatusPage spec, string id, string signature, IReadOnlyList<string> components, CancellationToken stop)
    {
        var signed = links.Check(LeavePurpose, $"{spec.Name}/{id}", signature, clock.Now());
        if (!signed.Ok) return Outcome<bool>.Failed(Mend(signed.Problems));
        var chosen = SubscriberRules.Components(spec, components);
        if (!chosen.Ok) return Outcome<bool>.Failed(chosen.Problems);
        var decided = await house.DecideAsync(Actor.Nobody, deciding =>
        {
            var published = deciding.State.Get<StatusBook>().Of(spec.Name);
            if (published.Subscribers.GetValueOrDefault(id) is not { } known) return Problem.NotFound("This subscription has ended.", "Subscribe again.");
            if (SubscriberRules.Choose(published, known, spec, chosen.Value) is { } happened) deciding.Write(NoticeRule.StreamOf(spec.Name), happened);
            return Outcome<bool>.Of(true);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Somebody wants to be told no more. Asked twice, it is as if it was asked once.</summary>
    public async Task<Outcome<bool>> LeaveAsync(string page, string id, string signature, CancellationToken stop)
    {
        var signed = links.Check(LeavePurpose, $"{page}/{id}", signature, clock.Now());
        return signed.Ok ? await EndAsync(Actor.Nobody, page, id, "They asked for it.", stop) : Outcome<bool>.Failed(Mend(signed.Problems));
    }

    /// <summary>Ends a subscription; a duty deletes the key at once, and again after a crash.</summary>
    public async Task<Outcome<bool>> EndAsync(Actor actor, string page, string id, string reason, CancellationToken stop)
    {
        var decided = await house.DecideAsync(actor, deciding =>
        {
            if (deciding.State.Get<StatusBook>().Of(page).Subscribers.ContainsKey(id)) deciding.Write(NoticeRule.StreamOf(page), new SubscriberLeft(page, id, reason));
            return Outcome<bool>.Of(true);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>Takes over mail addresses that agreed elsewhere; whoever asks vouches for that. Answers how many are new.</summary>
    public async Task<Outcome<int>> ImportAsync(Actor actor, string page, IReadOnlyList<string> texts, IReadOnlyList<string>? components, CancellationToken stop)
    {
        if (press.Find(page) is not { } spec) return Problem.NotFound($"There is no status page \"{page}\".", "List them with \"nines statuspage list\".");
        if (texts.Count > MostImported) return Problem.Invalid($"{texts.Count} addresses are more than {MostImported}.", "Send them in several calls.", "addresses");
        var read = texts.Select(t => (Text: t, Address: SubscriberRules.Address(SubscriberKind.Email, t))).ToArray();
        Problem[] wrong = [.. read.Where(r => !r.Address.Ok).Take(20).Select(r => r.Address.Problems[0] with { What = $"\"{r.Text}\" is no mail address." })];
        var chosen = SubscriberRules.Components(spec, components);
        if (wrong.Length > 0 || !chosen.Ok) return Outcome<int>.Failed([.. wrong, .. chosen.Problems]);
        var now = clock.Now();
        var fresh = new List<(string Id, string Address, string Sealed)>();
        foreach (var address in read.Select(r => r.Address.Value).Distinct(StringComparer.Ordinal))
        {
            if (addresses.Find(page, house.State.Get<StatusBook>().Of(page), SubscriberKind.Email, address) is not null) continue;
            var id = ids.Next(now);
            fresh.Add((id, address, PersonSeal.Seal(await keys.GetOrCreateAsync(SubscriberAddresses.KeyOf(id), stop), address)));
        }

        var decided = await house.DecideAsync(actor, deciding =>
        {
            var published = deciding.State.Get<StatusBook>().Of(page);
            var added = 0;
            foreach (var (id, address, sealedAddress) in fresh)
            {
                if (addresses.Find(page, published, SubscriberKind.Email, address) is not null) continue;
                deciding.Write(NoticeRule.StreamOf(page), new SubscriberAsked(page, id, SubscriberKind.Email, sealedAddress, chosen.Value.Count > 0 ? chosen.Value : null));
                deciding.Write(NoticeRule.StreamOf(page), new SubscriberConfirmed(page, id, "import"));
                added++;
            }

            return Outcome<int>.Of(added);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>The link that proves that it is them.</summary>
    public async ValueTask<string> ConfirmLinkAsync(StatusPage page, string id, Instant now, CancellationToken stop) =>
        $"{press.AddressOf(page)}/confirm?who={id}&sig={await links.SignAsync(ConfirmPurpose, $"{page.Name}/{id}", now + SubscriberRules.ConfirmWithin, now, stop)}";

    /// <summary>The link that ends it.</summary>
    public async ValueTask<string> LeaveLinkAsync(StatusPage page, string id, Instant now, CancellationToken stop) =>
        $"{press.AddressOf(page)}/unsubscribe?who={id}&sig={await links.SignAsync(LeavePurpose, $"{page.Name}/{id}", now + SignedLinks.Longest, now, stop)}";

    // Those outside have no Nines to find anything in.
    private static Problem[] Mend(IReadOnlyList<Problem> problems) => [.. problems.Select(p => p with { Remedy = "Open it exactly as it was sent, or subscribe again." })];
}

/// <summary>What an effect needs in order to ask somebody whether it is them.</summary>
/// <param name="Page">The page.</param>
/// <param name="Subscriber">Id of the subscriber.</param>
public sealed record ConfirmPayload(string Page, string Subscriber);
