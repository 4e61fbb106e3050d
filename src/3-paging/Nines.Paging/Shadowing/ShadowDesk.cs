using Nines.Alerting.Alerts;
using Nines.Alerting.Integrations;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Paging.Coverage;
using Nines.Paging.Notifications;
using NodaTime;

namespace Nines.Paging.Shadowing;

/// <summary>Shadow mode's one use case behind door, command and page: hears other pagers, and compares.</summary>
public sealed class ShadowDesk
{
    // As far as the coverage proof looks ahead in a report; the whole of it is its own page.
    private static readonly Duration Ahead = Duration.FromDays(90);

    private readonly IHouse _house;
    private readonly CompiledManifests _manifests;
    private readonly CoverageDesk _coverage;

    internal ShadowDesk(IHouse house, CompiledManifests manifests, CoverageDesk coverage) => (_house, _manifests, _coverage) = (house, manifests, coverage);

    /// <summary>The mode of that name; null for none.</summary>
    public ShadowMode? Find(string name) => _manifests.For(_house.State).Find<ShadowMode>(name);

    /// <summary>What is in shadow mode now.</summary>
    public IReadOnlyList<ShadowModeView> Modes(HouseState state) => [.. _manifests.For(state).Of<ShadowMode>().Select(m => View(m, state))];

    /// <summary>Takes what another pager said; how much of it was news.</summary>
    internal async Task<Outcome<int>> HearAsync(Actor actor, ShadowMode mode, IReadOnlyList<OutsideNews> said, CancellationToken stop)
    {
        var decided = await _house.DecideAsync(actor, deciding =>
        {
            var names = new OutsideNames(mode, _manifests.For(deciding.State));
            var known = new Dictionary<string, OutsidePageHeard>(StringComparer.Ordinal);
            foreach (var news in said)
            {
                var key = ShadowBook.KeyOf(mode.Name, news.Id);
                var before = known.GetValueOrDefault(key) ?? deciding.State.Get<ShadowBook>().Outside.GetValueOrDefault(key);
                if (OutsideMerge.Of(before, mode.Name, news, names, deciding.Now) is { } heard) known[key] = heard;
            }

            foreach (var heard in known.Values) deciding.Write(new("outside-page", ShadowBook.KeyOf(heard.Mode, heard.Id).Replace('\n', '/')), heard);
            return Outcome<int>.Of(known.Count);
        }, stop: stop);
        return decided.Outcome;
    }

    /// <summary>The comparison over a time that ends now.</summary>
    public ShadowReport Report(Duration over, Instant now)
    {
        var state = _house.State;
        var (book, all) = (state.Get<ShadowBook>(), _manifests.For(state));
        var from = now - over;
        var modes = all.Of<ShadowMode>().ToArray();
        var rows = Rows(state, book, all, from, now);
        var missing = modes.Length == 0 ? [] : ShadowMissing.Of(modes, book, rows, _coverage.Report(state, now, now + Ahead), all);
        return new([.. modes.Select(m => View(m, state))], from, now, ShadowHeadline.Of(rows, over), rows, missing);
    }

    /// <summary>The pair that an outside page belongs to.</summary>
    internal static ShadowPair? PairOf(HouseState state, OutsidePageHeard page)
    {
        var book = state.Get<ShadowBook>();
        var near = book.Pages.Where(p => p.OpenedAt <= page.OpenedAt + ShadowPairs.Apart && (p.EndedAt is null || p.EndedAt >= page.OpenedAt - ShadowPairs.Apart)).ToArray();
        if (near.Length == 0) return null;
        var around = book.Outside.Values.Where(o => near.Any(p => o.OpenedAt >= p.OpenedAt - ShadowPairs.Apart));
        return ShadowPairs.Of(near, around, p => KeysOf(state, p)).FirstOrDefault(p => p.Outside.Any(o => o.Mode == page.Mode && o.Id == page.Id));
    }

    private static ShadowRow[] Rows(HouseState state, ShadowBook book, ManifestSet all, Instant from, Instant now)
    {
        var context = new ShadowRows(
            id => Catalog.CatalogView.Of(all).PersonById(id)?.Name ?? "somebody who is gone", mode => all.Find<ShadowMode>(mode)?.Title ?? (mode.Length > 0 ? OldPagers.Title(mode) : "the other pager"),
            page => WhyNot(state, all, page), now);
        // One margin more than asked for, so that no pair is torn apart at the edge.
        var pairs = ShadowPairs.Of(book.Pages.Where(p => p.OpenedAt >= from - ShadowPairs.Apart || p.EndedAt is null || p.EndedAt >= from - ShadowPairs.Apart), book.Outside.Values.Where(p => p.OpenedAt >= from - ShadowPairs.Apart), p => KeysOf(state, p));
        return [.. pairs.Where(p => ShadowPairs.TimeOf(p) >= from).Select(context.Of).OfType<ShadowRow>().OrderByDescending(r => r.At)];
    }

    private static HashSet<string> KeysOf(HouseState state, NinesPage page)
    {
        var alerts = state.Get<AlertBook>().All;
        return page.Alerts.Select(id => alerts.GetValueOrDefault(id)?.Labels[DoorKeys.KeyLabel] ?? "").Where(k => k.Length > 0).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Why there is no page here about what another pager woke somebody for.</summary>
    private static List<string> WhyNot(HouseState state, ManifestSet all, OutsidePageHeard page)
    {
        if (page.Service.Length == 0) return [page.Named.Length > 0 ? $"The catalog knows no service {page.Named}." : "It names no service."];
        var near = state.Get<AlertBook>().All.Values
            .Where(a => a.Service == page.Service && a.StartedAt <= page.OpenedAt + ShadowPairs.Apart && (a.EndedAt is null || a.EndedAt >= page.OpenedAt - ShadowPairs.Apart)).OrderBy(a => a.StartedAt).ThenBy(a => a.Id, StringComparer.Ordinal).Take(3).ToArray();
        if (near.Length == 0) return [$"No alert about {page.Service} was here at that time: does its sender send to Nines, too?"];
        return [.. near.Select(a => a switch
        {
            { SilencedBy.Length: > 0 } => $"{a.Title} was silenced here.",
            { InhibitedBy.Length: > 0 } => $"{a.Title} was held back here by another alert.",
            { MutedBy.Length: > 0 } => $"{a.Title} was muted here.",
            { Severity: not AlertSeverity.Page } => $"{a.Title} is a {a.Severity.Word()} here, which wakes nobody.",
            _ => $"{a.Title} fired here and began no page of its own: look at its trail, /alerts/{a.Id}.",
        })];
    }

    private static ShadowModeView View(ShadowMode mode, HouseState state)
    {
        var pages = state.Get<PageBook>();
        return new(
            mode.Name, mode.Title, ShadowModes.Words(mode), pages.InShadow.Count(id => pages.All[id].Shadow == mode.Name && pages.All[id].Run is not null),
            state.Get<ShadowBook>().Last.TryGetValue(mode.Name, out var at) ? at : null, $"/in/shadow/{mode.Name}");
    }
}
