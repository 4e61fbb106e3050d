using System.Collections.Immutable;
using Nines.Kernel;

namespace Nines.Tests.Unit.Ground;

[EventType("tests.counted.v1")]
internal sealed record Counted(string Name, int By = 1);

[EventType("tests.doubled.v1")]
internal sealed record Doubled(string Name);

[EventType("tests.told.v1")]
internal sealed record Told(string Name);

/// <summary>What the tests' room knows: how often each name was counted, and what it saw of each entry.</summary>
internal sealed record Tally(ImmutableSortedDictionary<string, int> Counts, long Told)
{
    public static Tally None { get; } = new(ImmutableSortedDictionary<string, int>.Empty, 0);

    public int Of(string name) => Counts.GetValueOrDefault(name);
}

internal sealed class TallyFold(int version = 1, bool unreadable = false) : Fold<Tally>
{
    public override string Room => "tests";

    public override int Version => version;

    public override Tally Empty => Tally.None;

    public override Tally Apply(Tally state, in Recorded happened) => happened.Event switch
    {
        Counted c => state with { Counts = state.Counts.SetItem(c.Name, state.Of(c.Name) + (c.By * version) + (int)happened.Entry.Version) },
        Doubled d => state with { Counts = state.Counts.SetItem(d.Name, state.Of(d.Name) * 2) },
        Told => state with { Told = state.Told + 1 },
        _ => state,
    };

    public override Tally Load(ReadOnlyMemory<byte> data) => unreadable ? throw new FormatException("no") : base.Load(data);
}

/// <summary>An event on "a" counts "b"; an event on "b" is told.</summary>
internal sealed class OnCounted : Reaction<Counted>
{
    protected override void React(Counted happened, JournalEntry entry, Deciding deciding)
    {
        if (happened.Name == "a") deciding.Write(new("tests", "b"), new Counted("b"));
        if (happened.Name == "b") deciding.Write(new("tests", "b"), new Told("b"));
        if (happened.Name == "circle") deciding.Write(new("tests", "circle"), new Counted("circle"));
        if (happened.Name == "broken") throw new InvalidOperationException("the reaction is broken");
        if (happened.Name == "broken on zero" && deciding.State.Get<Tally>().Of("other") == 0) throw new InvalidOperationException("not yet");
    }
}
