using System.Text;

namespace Nines.Responding.StatusPages;

/// <summary>What a subscriber reads. Pure.</summary>
public static class NoticeText
{
    /// <summary>The news of a batch: what it is about, where it stands, what was written; null where the page knows it no more.</summary>
    public static News? Of(PublicView view, NoticeBatch batch)
    {
        if (batch.Kind == NoticeKind.Post)
            return view.Published.Post(batch.About) is { } post && post.Updates.Find(u => u.Id == batch.Notice) is { } said
                ? new(post.Title, said, Names(view, said.Components.Select(c => c.Key)), "")
                : null;
        return view.Published.Maintenance(batch.About) is { } work && work.Updates.Find(u => u.Id == batch.Notice) is { } told
            ? new(work.Title, told, Names(view, work.Components), PublicText.Stretch(work.From, work.Until, view.Page.Zone))
            : null;
    }

    /// <summary>The subject of a mail.</summary>
    public static string Subject(PublicView view, News news) => $"[{view.Page.Title}] {Word(news.Update.Status, news.When.Length > 0)}: {news.Title}";

    /// <summary>The body of a mail.</summary>
    public static string Body(PublicView view, News news, string about, string leave)
    {
        var text = new StringBuilder().Append(news.Title).Append('\n').Append(Word(news.Update.Status, news.When.Length > 0)).Append(", ").Append(PublicText.Time(news.Update.At, view.Page.Zone)).Append("\n\n");
        if (news.When.Length > 0) text.Append(news.When).Append("\n\n");
        text.Append(news.Update.Body).Append("\n\n");
        if (news.Components.Length > 0) text.Append("It is about: ").Append(news.Components).Append(".\n");
        return text.Append("Read on: ").Append(view.LinkTo(about)).Append("\n\nTo choose what you hear of, or to be told no more: ").Append(leave).Append('\n').ToString();
    }

    /// <summary>What asks somebody whether it is them.</summary>
    public static string Confirm(StatusPage page, string link, Choice? choice) =>
        $"Somebody, probably you, wants to be told when {page.Title} has trouble.{(choice is null ? "" : $" They want to hear of: {Choice.Words(page, choice)}.")}\n\nIf it was you, open this link and press its button: {link}\n\nIf it was not, do nothing: you will not hear from us again.\n";

    private static string Word(string status, bool work) => work
        ? status switch { "scheduled" => "Maintenance announced", "in_progress" => "Maintenance has begun", "completed" => "Maintenance is done", _ => "Maintenance is called off" }
        : char.ToUpperInvariant(status[0]) + status[1..];

    private static string Names(PublicView view, IEnumerable<string> keys) => string.Join(", ", keys.Select(view.NameOf));
}

/// <summary>What a notice says.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Update">What was written.</param>
/// <param name="Components">What does not work, or is worked on.</param>
/// <param name="When">From when until when, for announced work; empty for others.</param>
public sealed record News(string Title, PostUpdate Update, string Components, string When);
