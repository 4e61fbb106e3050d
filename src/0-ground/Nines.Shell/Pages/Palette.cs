using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell.Components;

namespace Nines.Shell.Pages;

/// <summary>One thing the palette offers.</summary>
/// <param name="Words">What it is, or what it does, in plain language.</param>
/// <param name="Address">Where it leads; what changes something leads to the form that asks first.</param>
/// <param name="Icon">Symbol of the sprite.</param>
/// <param name="Detail">A few words at the end of the line.</param>
/// <param name="Does">True for what one can do, false for what one can find.</param>
/// <param name="Also">Further words by which it is found.</param>
/// <param name="First">True for what is offered before anything is typed, in the order given.</param>
public sealed record PaletteEntry(string Words, string Address, string Icon, string Detail = "", bool Does = false, string Also = "", bool First = false);

/// <summary>What a room puts into the palette. Asked at each key, so it answers from state, without waiting.</summary>
public interface IPaletteSource
{
    IEnumerable<PaletteEntry> Entries(HouseState state);
}

/// <summary>Picks what fits the words typed: every word must be found; beginnings of words count more.</summary>
public static class PaletteRules
{
    private const int Most = 14;

    public static IReadOnlyList<PaletteEntry> Pick(IEnumerable<PaletteEntry> entries, string typed)
    {
        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return [.. entries.Where(e => e.First).Take(Most).OrderBy(e => e.Does)];
        return [.. entries.Select(e => (Entry: e, Score: Score(e, words))).Where(p => p.Score > 0)
            .OrderByDescending(p => p.Score).ThenBy(p => p.Entry.Words.Length).ThenBy(p => p.Entry.Words, StringComparer.Ordinal)
            .Take(Most).Select(p => p.Entry).OrderByDescending(e => e.Does)];
    }

    private static int Score(PaletteEntry entry, string[] words)
    {
        var total = 0;
        foreach (var word in words)
        {
            var at = entry.Words.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0 && !entry.Also.Contains(word, StringComparison.OrdinalIgnoreCase)) return 0;
            total += at == 0 ? 5 : at > 0 && !char.IsLetterOrDigit(entry.Words[at - 1]) ? 3 : 1;
        }
        return total;
    }
}

/// <summary>The palette's door: a page without script, a list of options inside the dialog with it.</summary>
public static class PaletteDoor
{
    public static async Task Serve(HttpContext http, IHouse house, IEnumerable<IPaletteSource> sources, IEnumerable<LoopPlace> places, Drawing drawing, TimeProvider clock)
    {
        var typed = http.Request.Query["q"].ToString();
        if (typed.Length > 200) typed = typed[..200];
        var state = house.State;
        var pages = places.OrderBy(p => p.Word).ThenBy(p => p.Order).Select(p => new PaletteEntry(p.Name, p.Address, p.Icon, p.Word.ToString().ToLowerInvariant(), First: true));
        var entries = pages.Concat(sources.SelectMany(s => s.Entries(state)));
        var found = PaletteRules.Pick(entries, typed);
        if (http.Request.Query["part"] == "list")
        {
            var html = await drawing.DrawAsync<PaletteList>(Reader.Of(http, clock), new Dictionary<string, object?> { ["Entries"] = found, ["Typed"] = typed });
            await HtmlBody.WriteAsync(http, html);
            return;
        }
        await new PageResult<FindPage>(new Dictionary<string, object?> { ["Entries"] = found, ["Typed"] = typed }).ExecuteAsync(http);
    }
}
