using Nines.Shell.Components;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>Judges pairs. Pure.</summary>
/// <param name="NameOf">A person's handle.</param>
/// <param name="TitleOf">What people call the pager of a mode.</param>
/// <param name="WhyNot">Why Nines had no page about something; sentences.</param>
/// <param name="Now">When.</param>
internal sealed record ShadowRows(Func<string, string> NameOf, Func<string, string> TitleOf, Func<OutsidePageHeard, IReadOnlyList<string>> WhyNot, Instant Now)
{
    private const string Stranger = "somebody unknown here";

    /// <summary>The row of a pair; null where nobody was or would have been woken.</summary>
    public ShadowRow? Of(ShadowPair pair)
    {
        OutsidePageHeard[] urgent = [.. pair.Outside.Where(o => o.Urgent)];
        if (pair.Own is null && urgent.Length == 0) return null;
        var (own, other) = (Own(pair.Own), Other(urgent));
        var beside = TitleOf(pair.Outside.Count > 0 ? pair.Outside[0].Mode : pair.Own!.Shadow);
        var verdict = Judge(pair, urgent, own, other);
        var later = own?.First is { } mine && other?.First is { } theirs ? mine - theirs : (Duration?)null;
        return new(
            verdict, ShadowPairs.TimeOf(pair), pair.Own is { Service.Length: > 0 } page ? page.Service : pair.Outside.Select(o => o.Service.Length > 0 ? o.Service : o.Named).FirstOrDefault(s => s.Length > 0) ?? "",
            pair.Own?.Title ?? urgent[0].Title, beside, own, other, later is { } gap ? Math.Round(gap.TotalSeconds, 1) : null, Words(verdict, beside, own, other, later, pair), Trail(verdict, beside, pair, urgent, other));
    }

    /// <summary>Those of a page whom the other pager woke first, and when: who was told counts more than who was assigned.</summary>
    internal static IReadOnlyList<OutsideCall> First(OutsidePageHeard page)
    {
        OutsideCall[] told = [.. page.Called.Where(c => c.How != OutsideNews.Assigned)];
        if (told.Length == 0) told = [.. page.Called];
        var level = told.Length > 0 ? told.Min(c => c.Level) : 0;
        return [.. told.Where(c => c.Level == level)];
    }

    private ShadowVerdict Judge(ShadowPair pair, OutsidePageHeard[] urgent, ShadowSide? own, ShadowSide? other)
    {
        var fresh = ShadowPairs.TimeOf(pair) + ShadowPairs.Apart > Now;
        if (own is null) return fresh ? ShadowVerdict.Waiting : ShadowVerdict.OnlyOutside;
        if (other is null) return fresh && pair.Outside.Count == 0 ? ShadowVerdict.Waiting : ShadowVerdict.OnlyNines;
        if (First(urgent[0]).Count == 0) return ShadowVerdict.Unknown;
        return First(urgent[0]).Select(c => c.Person).ToHashSet().SetEquals(pair.Own!.Calls.Count > 0 ? pair.Own.Calls[0].People : []) ? ShadowVerdict.Same : ShadowVerdict.Another;
    }

    private ShadowSide? Own(NinesPage? page) => page is null ? null : new(
        page.OpenedAt, page.Calls.FirstOrDefault(c => c.People.Count > 0)?.At, page.Calls.Count > 0 ? [.. page.Calls[0].People.Select(NameOf).Order(StringComparer.Ordinal)] : [], 1, $"/pages/{page.Id}", null);

    private ShadowSide? Other(OutsidePageHeard[] urgent)
    {
        if (urgent.Length == 0) return null;
        var first = First(urgent[0]);
        return new(
            urgent[0].OpenedAt, first.Count > 0 ? first.Min(c => c.At) : null, [.. first.Select(Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], urgent.Length, urgent[0].Url,
            urgent[0].AcknowledgedAt);
    }

    private string Name(OutsideCall call) => call.Person.Length > 0 ? NameOf(call.Person) : call.Outside.Length > 0 ? $"{Stranger} ({call.Outside})" : Stranger;

    private static string Words(ShadowVerdict verdict, string beside, ShadowSide? own, ShadowSide? other, Duration? later, ShadowPair pair) => verdict switch
    {
        ShadowVerdict.Same => $"Both woke {Names(own!.People)}{Delay(later)}.",
        ShadowVerdict.Another => $"{beside} woke {Names(other!.People)}; Nines would have woken {Names(own!.People)}{Delay(later)}.",
        ShadowVerdict.OnlyOutside => $"Only {beside} woke {(other!.People.Count > 0 ? Names(other.People) : "somebody")}.",
        ShadowVerdict.OnlyNines => pair.Outside.Count > 0 ? $"Nines would have woken {Names(own!.People)}; {beside} had it as something that can wait." : $"Only Nines would have woken {Names(own!.People)}.",
        ShadowVerdict.Unknown => $"Nines would have woken {Names(own!.People)}; whom {beside} woke is not known.",
        _ => own is null ? $"{beside} has it; Nines may still notice." : $"Nines has it; {beside} may still notice.",
    };

    private List<string> Trail(ShadowVerdict verdict, string beside, ShadowPair pair, OutsidePageHeard[] urgent, ShadowSide? other)
    {
        var said = new List<string>();
        if (pair.Own is { Calls.Count: > 0 } own) said.Add($"Nines: {own.Calls[0].Reason}");
        if (verdict == ShadowVerdict.Another) said.AddRange(LaterSteps(pair.Own!, First(urgent[0])));
        if (verdict == ShadowVerdict.OnlyOutside) said.AddRange(WhyNot(urgent[0]));
        if (verdict == ShadowVerdict.OnlyNines && pair.Outside.Count == 0) said.Add($"Nothing was heard of {beside} about it: it did not page, or its calls do not come here.");
        if (verdict == ShadowVerdict.Unknown) said.Add($"{beside}'s call did not say whom it woke: bring its log with \"nines oncall shadow-import\".");
        if (other is not null && urgent[0].Called.Any(c => c.Person.Length == 0)) said.Add($"{beside} called somebody whom the catalog does not know: write a Person, or name them under people: of the ShadowMode.");
        if (other is { Pages: > 1 }) said.Add($"{beside} made {other.Pages} pages of what is one here.");
        return said;
    }

    /// <summary>Whoever was woken elsewhere may come later here: that is another finding than not at all.</summary>
    private IEnumerable<string> LaterSteps(NinesPage own, IReadOnlyList<OutsideCall> first)
    {
        foreach (var person in first.Select(c => c.Person).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var call = own.Calls.Find(c => c.People.Contains(person));
            if (call is null) yield return $"{NameOf(person)} is in none of the steps that Nines took.";
            else if (call != own.Calls[0]) yield return $"{NameOf(person)} would be called at step {call.Step}, {Figures.Span(call.At - own.Calls[0].At).Replace('\u00a0', ' ')} later.";
        }
    }

    private static string Names(IReadOnlyList<string> people) => Coverage.CoverageWords.Names(people, 5);

    private static string Delay(Duration? later) => later is not { } gap || (gap < Duration.FromSeconds(5) && gap > Duration.FromSeconds(-5)) ? ""
        : $", Nines {Figures.Span(gap < Duration.Zero ? -gap : gap).Replace('\u00a0', ' ')} {(gap > Duration.Zero ? "later" : "earlier")}";
}

/// <summary>A report in one sentence. Pure.</summary>
internal static class ShadowHeadline
{
    public static string Of(IReadOnlyList<ShadowRow> rows, Duration over)
    {
        var judged = rows.Where(r => r.Verdict != ShadowVerdict.Waiting).ToArray();
        var span = over.TotalHours < 48 ? $"{Math.Max(1, (int)Math.Round(over.TotalHours))} hours" : $"{(int)Math.Round(over.TotalDays)} days";
        if (judged.Length == 0) return $"In {span} nothing was there to compare.";
        var said = new List<string>();
        foreach (var (verdict, words) in ((ShadowVerdict, string)[])[
            (ShadowVerdict.Another, "woke somebody else"), (ShadowVerdict.OnlyOutside, $"only {Beside(judged, ShadowVerdict.OnlyOutside)}"), (ShadowVerdict.OnlyNines, "only Nines"), (ShadowVerdict.Unknown, "not known")])
        {
            var some = judged.Where(r => r.Verdict == verdict).ToArray();
            if (some.Length > 0) said.Add($"{some.Length} {words}{(some.Length == 1 ? $": {Because(some[0]).TrimEnd('.')}" : "")}");
        }

        var same = judged.Count(r => r.Verdict == ShadowVerdict.Same);
        return $"In {span}: {same} of {judged.Length} the same{(said.Count > 0 ? "; " : "")}{string.Join("; ", said)}.";
    }

    /// <summary>The one sentence that says most: where Nines called somebody, the one behind why it called them.</summary>
    private static string Because(ShadowRow row) => row.Trail.Count == 0 ? row.Words : row.Nines is null || row.Trail.Count == 1 ? row.Trail[0] : row.Trail[1];

    private static string Beside(ShadowRow[] rows, ShadowVerdict verdict) => string.Join(" or ", rows.Where(r => r.Verdict == verdict).Select(r => r.Beside).Distinct(StringComparer.Ordinal));
}
