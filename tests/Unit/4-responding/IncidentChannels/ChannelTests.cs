using System.Text;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Responding.IncidentChannels;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Responding.IncidentChannels;

public class ChannelTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 9);
    private static readonly CatalogView Nobody = CatalogView.Of(ManifestSet.Build([], whole: true));

    private static Incident Of(string title, bool drill = false) =>
        new() { Id = "inc1", Number = 12, Title = title, Severity = IncidentSeverity.Sev2, DeclaredAt = Start, DetectedAt = Start, Drill = drill };

    private static IncidentChannelBook Fold(params object[] events)
    {
        var fold = new IncidentChannelFold();
        return events.Aggregate(fold.Empty, (book, e) => fold.Apply(book, new Recorded(new JournalEntry(1, new("x", "y"), 1, "x", Start, "local", 0, null, ReadOnlyMemory<byte>.Empty), e)));
    }

    [Theory]
    [InlineData("Card payments fail", "inc-2026-11-19-card-payments-fail")]
    [InlineData("  Zürich: 50 % <b>down</b>!! ", "inc-2026-11-19-z-rich-50-b-down-b")]
    [InlineData("支払い", "inc-2026-11-19")]
    public void Of_ATitle_IsTheSeedsPattern_InWhatSlackTakes(string title, string name) => Assert.Equal(name, ChannelName.Of("inc-{date}-{title}", Of(title)));

    [Fact]
    public void Of_AnyTitle_FitsSlack()
    {
        var name = ChannelName.Of("inc-{date}-{title}", Of(string.Concat(Enumerable.Repeat("all of it is gone ", 40)), drill: true));
        Assert.InRange(name.Length, 60, ChannelName.Longest);
        Assert.StartsWith("drill-inc-2026-11-19-all-of-it", name, StringComparison.Ordinal);
        Assert.Equal("inc-12", ChannelName.Of("{title}", Of("支払い")));
    }

    [Theory]
    [InlineData("take commander", "take", "commander", "")]
    [InlineData("severity SEV1 data is lost", "severity", "SEV1", "data is lost")]
    [InlineData("note  It is   the database ", "note", "", "It is   the database")]
    [InlineData("RESOLVE a query", "resolve", "", "a query")]
    [InlineData("update", "update", "", "")]
    [InlineData("", "help", "", "")]
    [InlineData("drop table incidents", "help", "", "")]
    public void Read_WhatFollowsTheCommand_IsAnActionOrAWishForHelp(string text, string action, string first, string rest) => Assert.Equal(new ChatWords(action, first, rest), ChatWords.Read(text));

    [Fact]
    public void New_SaysEachLineOnce_AndNotWhatWasWrittenThere()
    {
        var incident = Of("x") with
        {
            Timeline =
            [
                new("1", Start, Start, TimelineKind.State, "Declared SEV2: in doubt."), new("2", Start, Start, TimelineKind.Chat, "Looking.", "ada"),
                new("3", Start + Duration.FromMinutes(4), Start, TimelineKind.Role, "{0} is incident commander.", "ada"), new("4", Start, Start, TimelineKind.Note, "It is the cache.", "bo"),
            ],
        };
        Assert.Equal(["02:13 ada is incident commander.", "02:09 It is the cache. (bo)"], ChannelMessages.New(incident, 1, Nobody));
        Assert.Empty(ChannelMessages.New(incident, 4, Nobody));
        var storm = incident with { Timeline = [.. Enumerable.Range(0, 1000).Select(i => new TimelineLine($"{i}", Start, Start, TimelineKind.Page, "Another page."))] };
        Assert.Equal((21, "… and 980 more in the timeline."), (ChannelMessages.New(storm, 0, Nobody).Count, ChannelMessages.New(storm, 0, Nobody)[^1]));
    }

    [Fact]
    public void Apply_AskedOpenedToldEnded_AndBackWithTheIncident()
    {
        object[] events = [new ChannelAsked("inc1", "e1", "inc-x", ""), new ChannelOpened("inc1", "C1", "inc-x-2"), new ChannelTold("inc1", "e2", 3), new ChannelTold("inc1", "", 4), new ChannelEnded("inc1", "The incident is over.")];
        var book = Fold(events);
        Assert.Equal(new IncidentChannel("inc1", "inc-x-2", "C1", "e2", 4, "The incident is over."), book.OfChannel("C1"));
        Assert.Empty(book.Active);
        Assert.Single(Fold([.. events, new IncidentReopened("inc1", "back", "ada")]).Active);
        var fold = new IncidentChannelFold();
        Assert.Equal(Encoding.UTF8.GetString(fold.Save(book).Span), Encoding.UTF8.GetString(fold.Save(fold.Load(fold.Save(book))).Span));
    }

    [Fact]
    public void Validate_EverythingWrong_IsSaidAtOnce()
    {
        var wrong = new IncidentChannelsOptionsValidator().Validate(null, new() { Least = "bad", Name = "inc-{date}", Bridge = "javascript:alert(1)" });
        Assert.Equal(3, wrong.Failures!.Count());
        Assert.True(new IncidentChannelsOptionsValidator().Validate(null, new()).Succeeded);
    }
}
