using Nines.Kernel;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>Forgets those who left, and those who never proved that it was them: their keys are deleted, whatever crashes in between.</summary>
internal sealed class ForgetDuty(IHouse house, SubscriberAddresses addresses) : Duty
{
    /// <inheritdoc />
    public override string Name => "statuspages.forget";

    /// <inheritdoc />
    public override Instant? NextDue(HouseState state)
    {
        var pages = state.Get<StatusBook>().Pages.Values;
        return pages.Any(p => !p.Gone.IsEmpty) ? Instant.MinValue : pages.Min(SubscriberRules.NextExpiry);
    }

    /// <inheritdoc />
    public override async Task RunAsync(Instant now, CancellationToken stop)
    {
        await WriteAsync((name, page) => SubscriberRules.Expired(name, page, now).Take(NoticeRule.Batch), stop);
        (string Page, string Id)[] gone = [.. house.State.Get<StatusBook>().Pages.SelectMany(p => p.Value.Gone.Take(NoticeRule.Batch).Select(id => (p.Key, id)))];
        foreach (var (_, id) in gone) await addresses.EraseAsync(id, stop);
        if (gone.Length > 0) await WriteAsync((name, page) => gone.Where(g => g.Page == name && page.Gone.Contains(g.Id)).Select(g => new SubscriberForgotten(name, g.Id)), stop);
    }

    private Task<Decided<int>> WriteAsync(Func<string, PublishedPage, IEnumerable<object>> what, CancellationToken stop) => house.DecideAsync(Actor.Duty(Name), deciding =>
    {
        foreach (var (name, page) in deciding.State.Get<StatusBook>().Pages)
            foreach (var happened in what(name, page)) deciding.Write(NoticeRule.StreamOf(name), happened);
        return Outcome<int>.Of(0);
    }, stop: stop);
}
