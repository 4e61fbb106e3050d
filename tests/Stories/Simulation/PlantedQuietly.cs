using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Nines.Alerting.Alerts;
using Nines.Kernel;
using Nines.Paging.Channels;
using Nines.Paging.Notifications;

namespace Nines.Tests.Stories.Simulation;

/// <summary>Quieter bugs: most of the time everything works.</summary>
internal static partial class Planted
{
    /// <summary>After a restart nobody waits for what was sent before it.</summary>
    public static void DeadlineForgottenAfterRestart(IServiceCollection services) => Replace<PageBook>(services, new ForgetsDeadlines());

    /// <summary>Whose turn it was is lost with each restart.</summary>
    public static void TurnLostInSnapshot(IServiceCollection services) => Replace<PageBook>(services, new ForgetsTurns());

    /// <summary>A receipt is taken for the newest message of its kind.</summary>
    public static void ReceiptOfAnother(IServiceCollection services) => Replace<PageBook>(services, new MistakenReceipts());

    /// <summary>One person is enough, whatever the policy says.</summary>
    public static void OneIsEnough(IServiceCollection services) => Replace<PageBook>(services, new EasilyContent());

    /// <summary>Of several alerts of a call, only the first comes into its group.</summary>
    public static void SecondOfACallForgotten(IServiceCollection services) => Replace<AlertBook>(services, new OneOfACall());
}

file abstract class AlteredPages() : Altered<PageBook>(new PageBookFold())
{
    protected static PageBook With(PageBook book, Func<Page, Page> change)
    {
        var all = book.All.ToImmutableDictionary(p => p.Key, p => change(p.Value));
        return book with { All = all, Due = ImmutableSortedSet.CreateRange(PageDue.Order, all.Values.Where(p => p.DueAt is not null).Select(p => new PageDue(p.DueAt!.Value, p.Id))) };
    }
}

file sealed class ForgetsDeadlines : AlteredPages
{
    public override PageBook Load(ReadOnlyMemory<byte> data) =>
        With(base.Load(data), p => p with { Notices = p.Notices.ConvertAll(n => n with { Messages = n.Messages.ConvertAll(m => m with { Due = null }) }) });
}

file sealed class ForgetsTurns : AlteredPages
{
    public override ReadOnlyMemory<byte> Save(PageBook state) => base.Save(state with { Turns = PageBook.None.Turns });
}

file sealed class MistakenReceipts : AlteredPages
{
    public override PageBook Apply(PageBook state, in Recorded happened)
    {
        if (happened.Event is not MessageReceipt { Failed: false } receipt || state.OfEffect(receipt.Effect) is not { } page) return base.Apply(state, happened);
        var kind = page.Messages.First(m => m.Effect == receipt.Effect).Kind;
        return base.Apply(state, happened with { Event = receipt with { Effect = page.Messages.Last(m => m.Kind == kind).Effect } });
    }
}

file sealed class EasilyContent : AlteredPages
{
    public override PageBook Apply(PageBook state, in Recorded happened) =>
        base.Apply(state, happened.Event is PageStepTaken step ? happened with { Event = step with { Needs = 1 } } : happened);
}

file sealed class OneOfACall() : Altered<AlertBook>(new AlertBookFold())
{
    public override AlertBook Apply(AlertBook state, in Recorded happened)
    {
        var next = base.Apply(state, happened);
        if (happened.Event is not AlertsTaken taken) return next;
        foreach (var alert in taken.Alerts.Skip(1))
            if (next.Groups.TryGetValue(alert.Group, out var group) && group.Members.Count > 1)
                next = next with { Groups = next.Groups.SetItem(group.Key, group with { Members = group.Members.Remove(alert.Id) }) };
        return next;
    }
}
