using System.Collections.Frozen;
using NodaTime;

namespace Nines.Responding.StatusPages;

/// <summary>
/// Who hears of a post or a maintenance: whoever chose a component that it touches, and whoever was told of it before, so that
/// nobody is left with an open outage. Made once for a batch; asking it costs no more than a choice is long. Pure.
/// </summary>
public sealed class Reach
{
    private readonly string _about;
    private readonly Word[] _words;

    private Reach(string about, Word[] words) => (_about, _words) = (about, words);

    /// <summary>Who hears an update; null where the page knows it no more.</summary>
    /// <param name="page">What was published.</param>
    /// <param name="kind">A post or a maintenance.</param>
    /// <param name="about">Its id.</param>
    /// <param name="update">The update; empty for the last one.</param>
    /// <param name="among">What the page has now: of what was told before, it is written down.</param>
    public static Reach? Of(PublishedPage page, NoticeKind kind, string about, string update, IEnumerable<string> among)
    {
        if ((kind == NoticeKind.Post ? page.Post(about)?.Updates : page.Maintenance(about)?.Updates) is not { IsEmpty: false } all) return null;
        var last = update.Length == 0 ? all.Count - 1 : all.FindIndex(u => u.Id == update);
        if (last < 0) return null;
        var (now, touched, words) = (among.ToFrozenSet(StringComparer.Ordinal), FrozenSet<string>.Empty, new Word[last + 1]);
        for (var i = 0; i <= last; i++)
        {
            var said = all[i].Components.Select(c => c.Key);
            // A post is about all that it ever spoke of; work is about what is announced now.
            touched = (kind == NoticeKind.Post ? touched.Concat(said) : said).ToFrozenSet(StringComparer.Ordinal);
            words[i] = new(all[i].At, touched, all[i].Among is { } then ? then.ToFrozenSet(StringComparer.Ordinal) : now);
        }

        return new(about, words);
    }

    /// <summary>True where somebody hears this update.</summary>
    public bool Takes(Subscriber one) => one.Choice is not { } choice || choice.Wants(_words[^1].Touched, _words[^1].Among) || WasTold(one);

    /// <summary>True where somebody heard of it already, this update included.</summary>
    public bool WasTold(Subscriber one)
    {
        if (one.Choice?.Follows.Contains(_about) == true) return true;
        if (one.ConfirmedAt is not { } since) return false;
        if (one.Choice is { } chosen && chosen.At > since) since = chosen.At;
        foreach (var word in _words)
            if (word.At >= since && one.Choice?.Wants(word.Touched, word.Among) != false) return true;
        return false;
    }

    private sealed record Word(Instant At, FrozenSet<string> Touched, FrozenSet<string> Among);
}
