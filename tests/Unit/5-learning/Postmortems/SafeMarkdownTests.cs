using Nines.Learning.Postmortems;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class SafeMarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b")]
    [InlineData("<div onclick='x'>\n\nhello\n\n</div>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](  vbscript:x)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://spy.example/pixel.png)")]
    [InlineData("[x](https://a.example \"t\\\" onmouseover=\\\"alert(1)\")")]
    [InlineData("<!-- x --> <svg/onload=alert(1)>")]
    [InlineData("&lt;script&gt; <b>x</b>")]
    public void ToHtml_Hostile_HoldsNoHtmlAndNoAddressOfTheirs(string text)
    {
        var html = SafeMarkdown.ToHtml(text);
        var read = System.Xml.Linq.XDocument.Parse("<all>" + html + "</all>");
        foreach (var element in read.Root!.Descendants())
        {
            Assert.Contains(element.Name.LocalName, (string[])["p", "a", "em", "strong", "ul", "ol", "li", "code", "pre", "blockquote", "hr", "br"]);
            foreach (var attribute in element.Attributes())
            {
                Assert.Contains(attribute.Name.LocalName, (string[])["href", "title", "class", "start", "rel"]);
                if (attribute.Name.LocalName == "href") Assert.True(attribute.Value == "#" || SafeMarkdown.Leads(attribute.Value), attribute.Value);
            }
        }
    }

    [Theory]
    [InlineData("**strong** and *soft*", "<p><strong>strong</strong> and <em>soft</em></p>\n")]
    [InlineData("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")]
    [InlineData("[the run](https://ci.example/7)", "<p><a href=\"https://ci.example/7\">the run</a></p>\n")]
    [InlineData("[here](/incidents/x)", "<p><a href=\"/incidents/x\">here</a></p>\n")]
    [InlineData("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>\n")]
    [InlineData("    indented", "<p>indented</p>\n")]
    public void ToHtml_Plain_IsWhatItSays(string text, string html) => Assert.Equal(html, SafeMarkdown.ToHtml(text));

    [Theory]
    [InlineData("# big", "<p># big</p>\n")]
    [InlineData("![p](https://a.example/p.png)", "<p><a href=\"https://a.example/p.png\">p</a></p>\n")]
    public void ToHtml_HeadingsAndPictures_AreTextAndLinks(string text, string html) => Assert.Equal(html, SafeMarkdown.ToHtml(text));
}
