using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.Incidents;
using NodaTime;

namespace Nines.Learning.Postmortems;

/// <summary>Folds postmortems, and what happens to their incidents.</summary>
public sealed class PostmortemBookFold : Fold<PostmortemBook>
{
    /// <inheritdoc />
    public override string Room => "postmortems";

    /// <inheritdoc />
    public override int Version => 2;

    /// <inheritdoc />
    public override PostmortemBook Empty => PostmortemBook.None;

    /// <inheritdoc />
    public override PostmortemBook Apply(PostmortemBook state, in Recorded happened)
    {
        var at = happened.Entry.At;
        return happened.Event switch
        {
            PostmortemOpened e when state.All.ContainsKey(e.Id) => state,
            PostmortemOpened e => state.With(new() { Id = e.Id, Number = e.Number, OpenedAt = at, ResolvedAt = e.ResolvedAt }),
            SectionWritten e => state.Change(e.Id, p => Written(p, e, at)),
            WrittenBeside e => state.Change(e.Id, p => Put(p, e.Section, p.Section(e.Section) with { Others = p.Section(e.Section).Others.Add(new(e.Other, e.Text, e.BasedOn, at, e.By)) }, e.By)),
            BesideSettled e => state.Change(e.Id, p => Put(p, e.Section, p.Section(e.Section) with { Others = p.Section(e.Section).Others.RemoveAll(o => o.Id == e.Other) }, "")),
            ReviewAsked e => state.Change(e.Id, p => p with { State = PostmortemState.InReview, Reviewers = [.. e.Reviewers.Select(r => new Reviewer(r, null))] }),
            PostmortemApproved e => state.Change(e.Id, p => p with { Reviewers = p.Reviewers.ConvertAll(r => r.Person == e.Person ? r with { ApprovedAt = r.ApprovedAt ?? at } : r) }),
            PostmortemFinished e => state.Finish(e.Id, happened.Entry.Position, p => p with { State = PostmortemState.Final, FinalAt = at, Facts = e.Facts, Despite = e.Despite, Overdue = false }),
            PostmortemReturned e => state.Change(e.Id, Returned) with { Finals = state.Finals.Remove(e.Id) },
            PostmortemOverdue e => state.Change(e.Id, p => p with { Overdue = true }),
            IncidentResolved e => state.Change(e.Id, p => p with { ResolvedAt = at, Overdue = false }),
            IncidentReopened e => state.Change(e.Id, p => p with { ResolvedAt = null, Overdue = false }),
            IncidentMerged e => state.Change(e.Id, p => p with { MergedInto = e.Into, Overdue = false }),
            _ => state,
        };
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(PostmortemBook state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Kept([.. state.All.Values.OrderBy(p => p.Number)], [.. state.Finals], [.. state.Old.Values.OrderBy(p => p.Number)]), HouseJson.Options);

    /// <inheritdoc />
    public override PostmortemBook Load(ReadOnlyMemory<byte> data)
    {
        var kept = JsonSerializer.Deserialize<Kept>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of postmortems is empty.");
        return kept.All.Aggregate(PostmortemBook.None with { Finals = [.. kept.Finals], Old = kept.Old.ToImmutableDictionary(p => p.Id, StringComparer.Ordinal) }, (book, postmortem) => book.With(postmortem));
    }

    // What was approved is not what stands there now.
    private static Postmortem Written(Postmortem postmortem, SectionWritten e, Instant at) =>
        Put(postmortem, e.Section, new(e.Text, e.Version, at, e.By, postmortem.Section(e.Section).Others), e.By) with { Reviewers = Unapproved(postmortem) };

    private static Postmortem Returned(Postmortem postmortem) => postmortem with { State = PostmortemState.Draft, Reviewers = Unapproved(postmortem), FinalAt = null, Facts = null, Despite = "" };

    private static ImmutableList<Reviewer> Unapproved(Postmortem postmortem) => postmortem.Reviewers.ConvertAll(r => r with { ApprovedAt = null });

    private static Postmortem Put(Postmortem postmortem, string key, SectionText section, string by) => postmortem with
    {
        Sections = postmortem.Sections.SetItem(key, section),
        Authors = by.Length == 0 || postmortem.Authors.Contains(by) ? postmortem.Authors : postmortem.Authors.Add(by),
    };

    private sealed record Kept(Postmortem[] All, string[] Finals, OldPostmortem[] Old);
}
