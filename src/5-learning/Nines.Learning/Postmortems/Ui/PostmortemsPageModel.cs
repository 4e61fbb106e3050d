using Nines.Shell.Components;

namespace Nines.Learning.Postmortems.Ui;

/// <summary>All that the list of postmortems shows.</summary>
public sealed record PostmortemsPageModel(IReadOnlyList<PostmortemView> All, TableRows<PostmortemView> Table, TableQuery Query)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var open = All.Where(p => p.State != "final").ToArray();
        if (All.Count == 0) return ["No postmortem so far."];
        if (open.Length == 0) return [Phrase.Bold("Every postmortem is final"), $": {Figures.Of(All.Count, "incident")} written down."];
        var late = open.Count(p => p.Overdue);
        if (late > 0) return [Phrase.Bold($"{Figures.Of(late, "postmortem")} {(late == 1 ? "is" : "are")} overdue"), $", {Figures.Of(open.Length, "one", "ones")} not final."];
        var next = open.FirstOrDefault(p => p.Due is not null);
        return next is null
            ? [Phrase.Bold($"{Figures.Of(open.Length, "postmortem")} {(open.Length == 1 ? "is" : "are")} not final"), "."]
            : [Phrase.Bold($"{Figures.Of(open.Length, "postmortem")} {(open.Length == 1 ? "is" : "are")} not final"), $"; {next.Name} is due ", Phrase.Time(PostmortemWordsOf.LastMoment(next.Due!.Value), TimeForm.Sentence, reader), "."];
    }
}
