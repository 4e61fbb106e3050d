using Nines.Shell.Charts;
using Nines.Shell.Components;

namespace Nines.Paging.Coverage.Ui;

/// <summary>One service of the coverage page.</summary>
/// <param name="Service">The service in words.</param>
/// <param name="Coverage">Who would be woken.</param>
public sealed record CoverageRow(string Service, ServiceCoverage Coverage)
{
    /// <summary>How it stands, as people see it.</summary>
    public StateWord Word => Coverage.Worst switch
    {
        null => new("good", "ok", "Covered"),
        FaultKind.Gap => new("crit", "crit", "Gap"),
        FaultKind.Unverified => new("warn", "warn", "Unverified"),
        FaultKind.EmptyLevel => new("warn", "warn", "Empty level"),
        _ => new("warn", "warn", "No contact"),
    };

    /// <summary>Who is called now, level by level.</summary>
    public string Called => CoverageWords.Levels(Coverage.Now);

    /// <summary>What is wrong, as stretches of a lane.</summary>
    public IEnumerable<Stretch> Lane => Coverage.Faults.Reverse().SelectMany(f => f.Stretches.Select(s => new Stretch(
        s.From.ToUnixTimeMilliseconds(), s.Until.ToUnixTimeMilliseconds(),
        f.Kind switch { FaultKind.Gap => LaneKind.Alert, FaultKind.EmptyLevel => LaneKind.NoData, _ => LaneKind.OverOne },
        CoverageWords.Of(f with { Stretches = [s] }, Service))));
}

/// <summary>What the coverage page shows.</summary>
/// <param name="Report">The proof.</param>
/// <param name="Table">The services that the filter left.</param>
/// <param name="Query">The filter and order.</param>
/// <param name="Service">The service whose hand-overs are listed; null for none.</param>
public sealed record CoveragePageModel(CoverageReport Report, TableRows<CoverageRow> Table, TableQuery Query, string? Service)
{
    /// <summary>Rows of the table.</summary>
    public const int Most = 200;

    /// <summary>The table's columns.</summary>
    public static IReadOnlyList<Column<CoverageRow>> Columns { get; } =
    [
        new("service", "Service", r => r.Service), new("severity", "Severity", r => r.Coverage.Severity), new("policy", "Policy", r => r.Coverage.Policy),
        new("called", "Called now", r => r.Called), new("state", "Ahead", r => r.Word.Word),
    ];

    /// <summary>The answer in words.</summary>
    public IReadOnlyList<Phrase> Headline(Reader reader)
    {
        var services = Report.Services.Select(s => s.Service).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Count();
        var gaps = Report.Services.Where(s => s.Worst == FaultKind.Gap).Select(s => s.Service).Distinct(StringComparer.Ordinal).Count();
        if (services == 0) return ["There is no service yet for which somebody could be woken."];
        if (gaps > 0) return [Phrase.Bold($"Nobody would be woken for {gaps} of {Figures.Of(services, "service")}"), " at some time until ", Phrase.Time(Report.Until, TimeForm.Day, reader), "."];
        return [Phrase.Bold(services == 1 ? "Somebody would be woken for the service" : $"Somebody would be woken for each of {Figures.Of(services, "service")}"), " at every moment until ", Phrase.Time(Report.Until, TimeForm.Day, reader), "."];
    }

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<FaultLine> Faults => CoverageWords.Lines(Report);

    /// <summary>The services whose hand-overs are listed.</summary>
    public IReadOnlyList<ServiceCoverage> Shown => Service is null ? [] : [.. Report.Services.Where(s => s.Service == Service)];
}
