using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using NodaTime;

namespace Nines.Responding.StatusPages.Wire;

/// <summary>What happened on a page, as RSS 2.0 and Atom (RFC 4287): one entry for each post and each maintenance. Pure.</summary>
public static class Feeds
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>RSS 2.0.</summary>
    public static byte[] Rss(PublicView view) => Write(xml =>
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.WriteAttributeString("xmlns", "atom", null, Atom);
        xml.WriteStartElement("channel");
        Text(xml, "title", view.FeedTitle);
        Text(xml, "link", view.Address);
        Text(xml, "description", view.Page.Description.Length > 0 ? view.Page.Description : view.Page.Title + " status");
        Text(xml, "lastBuildDate", Rfc1123(view.UpdatedAt));
        Text(xml, "ttl", "5");
        xml.WriteStartElement("atom", "link", Atom);
        xml.WriteAttributeString("href", view.FeedAt("history.rss"));
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteEndElement();
        foreach (var entry in Entries(view))
        {
            xml.WriteStartElement("item");
            Text(xml, "title", entry.Title);
            Text(xml, "description", Html(entry, view.Page.Zone));
            Text(xml, "pubDate", Rfc1123(entry.UpdatedAt));
            Text(xml, "link", view.LinkTo(entry.Id));
            Text(xml, "guid", view.LinkTo(entry.Id));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    /// <summary>Atom.</summary>
    public static byte[] AtomFeed(PublicView view) => Write(xml =>
    {
        xml.WriteStartElement("feed", Atom);
        Text(xml, "id", view.FeedAt("history"));
        Text(xml, "title", view.FeedTitle);
        Text(xml, "updated", Rfc3339(view.UpdatedAt));
        Link(xml, view.Address, "alternate", "text/html");
        Link(xml, view.FeedAt("history.atom"), "self", "application/atom+xml");
        xml.WriteStartElement("author", Atom);
        Text(xml, "name", view.Page.Title);
        xml.WriteEndElement();
        foreach (var entry in Entries(view))
        {
            xml.WriteStartElement("entry", Atom);
            Text(xml, "id", view.LinkTo(entry.Id));
            Text(xml, "title", entry.Title);
            Text(xml, "published", Rfc3339(entry.CreatedAt));
            Text(xml, "updated", Rfc3339(entry.UpdatedAt));
            Link(xml, view.LinkTo(entry.Id), "alternate", "text/html");
            xml.WriteStartElement("content", Atom);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(Html(entry, view.Page.Zone));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static IEnumerable<Entry> Entries(PublicView view) => view.Posts.Select(p => new Entry(p.Id, p.Title, p.CreatedAt, p.UpdatedAt, p.Updates, ""))
        .Concat(view.Published.Maintenances.Select(m => new Entry(m.Id, "Maintenance: " + m.Title, m.CreatedAt, m.UpdatedAt, m.Updates, PublicText.Stretch(m.From, m.Until, view.Page.Zone))))
        .OrderByDescending(e => e.UpdatedAt).Take(PublicView.Most);

    /// <summary>Readers show it as HTML: every word of a person is encoded before it is put between tags.</summary>
    private static string Html(Entry entry, DateTimeZone zone)
    {
        var html = new StringBuilder();
        if (entry.When.Length > 0) html.Append("<p>").Append(WebUtility.HtmlEncode(entry.When)).Append("</p>");
        foreach (var update in entry.Updates.Reverse())
            html.Append("<p><small>").Append(WebUtility.HtmlEncode(PublicText.Time(update.At, zone))).Append("</small><br><strong>").Append(WebUtility.HtmlEncode(Capital(update.Status)))
                .Append("</strong>: ").Append(WebUtility.HtmlEncode(PublicText.Clean(update.Body)).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>");
        return html.ToString();
    }

    private static string Capital(string status) => char.ToUpperInvariant(status[0]) + status[1..].Replace('_', ' ');

    private static byte[] Write(Action<XmlWriter> body)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = false })) body(xml);
        return stream.ToArray();
    }

    private static void Text(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name, xml.LookupPrefix(Atom)?.Length == 0 ? Atom : null);
        xml.WriteString(PublicText.Clean(text));
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string href, string rel, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static string Rfc1123(Instant at) => at.ToDateTimeOffset().ToString("r", CultureInfo.InvariantCulture);

    private static string Rfc3339(Instant at) => at.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Entry(string Id, string Title, Instant CreatedAt, Instant UpdatedAt, IEnumerable<PostUpdate> Updates, string When);
}
