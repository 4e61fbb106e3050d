using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Learning.Postmortems;
using Nines.Responding.Incidents;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class PostmortemRulesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 19, 2, 9);

    internal static PostmortemBook Fold(params object[] events)
    {
        var fold = new PostmortemBookFold();
        var book = fold.Empty;
        for (var i = 0; i < events.Length; i++) book = fold.Apply(book, Recorded(events[i], i));
        return book;
    }

    internal static Recorded Recorded(object happened, int i) => new(new JournalEntry(i + 1, new("postmortem", "inc1"), i + 1, "x", Start + Duration.FromMinutes(i), "local", 0, null, ReadOnlyMemory<byte>.Empty), happened);

    private static PostmortemContext Context(PostmortemBook book) => new()
    {
        Postmortems = book,
        Incidents = IncidentBook.None,
        Catalog = ManifestSet.Empty,
        Policy = PostmortemPolicy.Shipped,
        ServiceOf = _ => null,
        Now = Start,
        NewId = () => "new1",
    };

    private static readonly object Opened = new PostmortemOpened("inc1", 1, Start, "SEV2 asks for one.", "");

    [Fact]
    public void Write_FromTheVersionThatStands_IsTheNextVersion()
    {
        var book = Fold(Opened, new SectionWritten("inc1", "summary", "A", 1, "ada"));
        var written = Assert.IsType<SectionWritten>(Assert.Single(PostmortemRules.Write(Context(book), "PM-1", new("summary", " B \r\n", 1), "bo").Value));
        Assert.Equal(("B", 2, "bo"), (written.Text, written.Version, written.By));
    }

    [Fact]
    public void Write_FromAnOlderVersion_StandsBeside_AndOverwritesNothing()
    {
        var book = Fold(Opened, new SectionWritten("inc1", "summary", "A", 1, "ada"), new SectionWritten("inc1", "summary", "B", 2, "ada"));
        var beside = Assert.IsType<WrittenBeside>(Assert.Single(PostmortemRules.Write(Context(book), "PM-1", new("summary", "C", 1), "bo").Value));
        Assert.Equal(("new1", "C", 1), (beside.Other, beside.Text, beside.BasedOn));
        var after = Fold(Opened, new SectionWritten("inc1", "summary", "A", 1, "ada"), new SectionWritten("inc1", "summary", "B", 2, "ada"), beside).All["inc1"];
        Assert.Equal(("B", 2, "C"), (after.Section("summary").Text, after.Section("summary").Version, Assert.Single(after.Section("summary").Others).Text));
        Assert.Equal(["ada", "bo"], after.Authors);
    }

    [Fact]
    public void Write_WhatStandsThereAlready_IsNoEvent_FromWhicheverVersion()
    {
        var book = Fold(Opened, new SectionWritten("inc1", "summary", "A", 1, "ada"), new SectionWritten("inc1", "summary", "B", 2, "ada"));
        Assert.Empty(PostmortemRules.Write(Context(book), "PM-1", new("summary", "B", 1), "bo").Value);
    }

    [Fact]
    public void Write_Nonsense_NamesAllOfIt()
    {
        var wrong = PostmortemRules.Write(Context(Fold(Opened)), "PM-1", new("users-affected", "many", 7), "bo").Problems;
        Assert.Equal(["\"many\" is no whole number. Write digits only, such as 1200, or nothing where nobody knows.", "The section has no version 7. It has 0; read it first."], wrong.Select(p => $"{p.What} {p.Remedy}"));
        Assert.StartsWith("There is no section \"sumary\".", PostmortemRules.Write(Context(Fold(Opened)), "PM-1", new("sumary", "x", 0), "bo").Problems[0].What, StringComparison.Ordinal);
        Assert.Equal("There is no postmortem PM-2.", PostmortemRules.Write(Context(Fold(Opened)), "PM-2", new("summary", "x", 0), "bo").Problems[0].What);
    }

    [Fact]
    public void Apply_AnEditInReview_TakesBackWhatWasApproved()
    {
        var book = Fold(Opened, new ReviewAsked("inc1", ["ada", "bo"], "cem"), new PostmortemApproved("inc1", "ada", "ada"));
        Assert.NotNull(book.All["inc1"].Reviewers[0].ApprovedAt);
        book = new PostmortemBookFold().Apply(book, Recorded(new SectionWritten("inc1", "summary", "A", 1, "cem"), 9));
        Assert.All(book.All["inc1"].Reviewers, r => Assert.Null(r.ApprovedAt));
    }

    [Fact]
    public void Needed_DrillsAndLowSeverities_NeedNone()
    {
        var incident = new Incident { Id = "inc1", Number = 1, Title = "x", Severity = IncidentSeverity.Sev2, DeclaredAt = Start, DetectedAt = Start };
        Assert.True(PostmortemRules.Needed(incident, PostmortemPolicy.Shipped));
        Assert.False(PostmortemRules.Needed(incident with { Drill = true }, PostmortemPolicy.Shipped));
        Assert.False(PostmortemRules.Needed(incident with { Severity = IncidentSeverity.Sev4 }, PostmortemPolicy.Shipped));
        Assert.False(PostmortemRules.Needed(incident with { MergedInto = "inc2" }, PostmortemPolicy.Shipped));
    }

    [Fact]
    public void Save_Load_IsTheSameBook()
    {
        var facts = PostmortemFactsTests.Facts();
        var fold = new PostmortemBookFold();
        var book = Fold(Opened, new SectionWritten("inc1", "summary", "A", 1, "ada"), new WrittenBeside("inc1", "summary", "o1", "B", 0, "bo"), new ReviewAsked("inc1", ["ada"], "bo"), new PostmortemFinished("inc1", facts, "", "bo"), new PostmortemOpened("inc2", 2, null, "x", ""));
        var saved = fold.Save(book);
        Assert.Equal(saved.ToArray(), fold.Save(fold.Load(saved)).ToArray());
        Assert.Equal(["inc1"], fold.Load(saved).Finals);
        Assert.Equal(facts.Minutes, fold.Load(saved).Find("PM-1")!.Facts!.Minutes);
    }

    [Fact]
    public void Apply_ItsIncidentIsMergedOrReopened_ItWaitsForNobody()
    {
        Assert.False(Fold(Opened, new IncidentMerged("inc1", "inc2", "ada")).All["inc1"].Open);
        Assert.Null(Fold(Opened, new PostmortemOverdue("inc1", Start), new IncidentReopened("inc1", "back", "ada")).All["inc1"].ResolvedAt);
        Assert.False(Fold(Opened, new PostmortemOverdue("inc1", Start), new IncidentReopened("inc1", "back", "ada")).All["inc1"].Overdue);
    }
}
