using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

public class EventCatalogTests
{
    [EventType("tests.counted.v1")]
    private sealed record Twin;

    private sealed record Nameless;

    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        var happened = new Counted("x", 3);
        Assert.Equal(happened, WatchedJournal.Known.Read(WatchedJournal.Known.NameFor(happened), EventCatalog.Write(happened)));
    }

    [Fact]
    public void Read_UnknownType_IsNull() => Assert.Null(WatchedJournal.Known.Read("future.thing.v1", "{}"u8.ToArray()));

    [Fact]
    public void Constructor_NameUsedTwice_NamesBoth() => Assert.Equal(
        "Event type \"tests.counted.v1\" is claimed by Counted and Twin.",
        Assert.Throws<InvalidOperationException>(() => new EventCatalog([typeof(Counted), typeof(Twin)])).Message);

    [Fact]
    public void Constructor_NoName_SaysWhatToWrite() => Assert.Equal(
        "Nameless has no [EventType(\"room.what.v1\")].",
        Assert.Throws<InvalidOperationException>(() => new EventCatalog([typeof(Nameless)])).Message);

    [Fact]
    public void NameFor_NotRegistered_SaysWhatToAdd() => Assert.Equal(
        "Twin is not registered: add Events<Twin>() to its module.",
        Assert.Throws<InvalidOperationException>(() => WatchedJournal.Known.NameFor(new Twin())).Message);
}
