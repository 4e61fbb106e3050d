using System.Text;
using Microsoft.AspNetCore.Components;
using Nines.Responding.StatusPages.Wire;
using Nines.Shell.Components;
using Nines.Shell.Pages;

namespace Nines.Responding.StatusPages.Ui;

/// <summary>Draws the files of a public page: HTML, JSON, feeds, calendar, its colours.</summary>
public sealed class PublicDrawing(Drawing drawing)
{
    private const string Html = "text/html; charset=utf-8";
    private const string Below = "incidents/";

    private static readonly Dictionary<string, (string Type, Func<PublicView, byte[]> Write)> Files = new(StringComparer.Ordinal)
    {
        ["history.rss"] = ("application/rss+xml; charset=utf-8", Feeds.Rss),
        ["history.atom"] = ("application/atom+xml; charset=utf-8", Feeds.AtomFeed),
        ["maintenance.ics"] = ("text/calendar; charset=utf-8", WorkCalendar.Write),
        ["theme.css"] = ("text/css; charset=utf-8", view => Encoding.UTF8.GetBytes(view.Page.Accent?.ToCss() ?? "")),
    };

    static PublicDrawing()
    {
        foreach (var (path, write) in StatuspageJson.Files) Files[path] = ("application/json; charset=utf-8", write);
    }

    /// <summary>True for what may be asked for of one component only.</summary>
    public static bool IsFeed(string path) => path is "history.rss" or "history.atom" or "maintenance.ics";

    /// <summary>The path of every file of a page.</summary>
    public static IEnumerable<string> PathsOf(PublicView view) =>
        Files.Keys.Where(f => f != "theme.css" || view.Page.Accent is not null).Append("history").Concat(view.Published.Posts.Select(p => Below + p.Id)).Concat(view.Published.Maintenances.Select(m => Below + m.Id)).Append("");

    /// <summary>True where the page has a file of that path.</summary>
    public static bool Has(PublicView view, string path) => path is "" or "history" || Files.ContainsKey(path)
        || (path.StartsWith(Below, StringComparison.Ordinal) && (view.Published.Post(path[Below.Length..]) is not null || view.Published.Maintenance(path[Below.Length..]) is not null));

    /// <summary>Draws a file; null where the page has none of that path.</summary>
    public async Task<PressedFile?> DrawAsync(PublicView view, PublicLinks links, string path)
    {
        if (Files.TryGetValue(path, out var file)) return new(file.Type, file.Write(view));
        return path switch
        {
            "" => await PageAsync<PublicHome>(view, links, []),
            "history" => await PageAsync<PublicHistory>(view, links, []),
            _ when view.Published.Post(path[Below.Length..]) is { } post => await PageAsync<PublicPost>(view, links, new() { ["Post"] = post }),
            _ when view.Published.Maintenance(path[Below.Length..]) is { } work => await PageAsync<PublicPost>(view, links, new() { ["Work"] = work }),
            _ => null,
        };
    }

    /// <summary>A page that is not kept, such as the answer to a form.</summary>
    public Task<string> TextAsync<TPage>(PublicView view, PublicLinks links, Dictionary<string, object?> more) where TPage : IComponent
    {
        (more["View"], more["Links"]) = (view, links);
        return drawing.DrawAsync<TPage>(new Reader(view.At, view.Page.Zone, ""), more);
    }

    private async Task<PressedFile> PageAsync<TPage>(PublicView view, PublicLinks links, Dictionary<string, object?> more) where TPage : IComponent =>
        new(Html, Encoding.UTF8.GetBytes(await TextAsync<TPage>(view, links, more)));
}
