using Markdig;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Nines.Learning.Postmortems;

/// <summary>
/// Markdown that people wrote, as HTML: paragraphs, lists, emphasis, code and links. No HTML of theirs gets through, no
/// image is fetched, a link leads to http, https, mail or a page of this house only, and headings are left to the page. Pure.
/// </summary>
public static class SafeMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>The HTML of a text.</summary>
    public static string ToHtml(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToArray()) Mend(link);
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html) { EnableHtmlForBlock = true, EnableHtmlForInline = true };
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return html.ToString();
    }

    /// <summary>True for an address that a link may lead to.</summary>
    public static bool Leads(string? address) =>
        address is { Length: > 0 }
        && (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || (address[0] == '/' && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal)));

    private static void Mend(LinkInline link)
    {
        // A picture would tell its server who reads; it becomes a link to it.
        link.IsImage = false;
        if (!Leads(link.Url)) link.Url = "#";
    }

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().DisableHeadings();
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        // It takes any scheme; a bare address is written as a link.
        builder.InlineParsers.TryRemove<AutolinkInlineParser>();
        return builder.Build();
    }
}
