using Nines.Shell.Components;

namespace Nines.Responding.Incidents.Ui;

/// <summary>All that the list of incidents shows.</summary>
public sealed record IncidentsPageModel(IReadOnlyList<IncidentView> All, TableRows<IncidentView> Table, TableQuery Query)
{
    /// <summary>Rows of the table; a filter reaches the others.</summary>
    public const int Most = 200;

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var open = All.Where(i => i.State is "open" or "mitigated" && !i.Drill).ToArray();
        if (open.Length == 0)
        {
            var last = All.FirstOrDefault(i => i.Clocks.Resolved is not null && !i.Drill);
            return last is null ? ["No incident so far."] : [Phrase.Bold("No incident is open"), ". The last one, ", last.Name, ", ended ", Phrase.Time(last.Clocks.Resolved!.Value, TimeForm.Sentence, reader), "."];
        }

        var lost = open.Count(i => i.Who(IncidentRole.Commander).Length == 0);
        return [Phrase.Bold($"{Figures.Of(open.Length, "incident")} {(open.Length == 1 ? "is" : "are")} open"), $": {open[0].Severity}, {open[0].Title}", lost == 0 ? "." : $". {(open.Length == 1 ? "Nobody commands it" : $"{lost} without a commander")}."];
    }
}
