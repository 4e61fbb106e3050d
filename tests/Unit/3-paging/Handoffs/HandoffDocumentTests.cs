using Nines.Paging.Handoffs;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Paging.Handoffs;

public class HandoffDocumentTests
{
    [Fact]
    public void ToMarkdown_WhatSendersWrote_BecomesNoLinkNoImageAndNoHeading()
    {
        var at = Instant.FromUtc(2026, 11, 21, 8, 0);
        var document = new HandoffDocument(
            "h1", "payments", at - Duration.FromDays(7), at, ["Ada Lovelace"], [], at,
            [new("Open pages", "None: nothing rings.", [new(at, "![x](https://evil.example/x.png)\n# Big <b>", "[click](https://evil.example)")]), new("Silences", "None: everything that fires is heard.", [])]);

        Assert.Equal(
            """
            # On-call handoff: payments, 2026-11-21

            Ada Lovelace → nobody. The shift began 2026-11-14 08:00Z and ends 2026-11-21 08:00Z.

            ## Open pages
            - 2026-11-21 08:00Z: \!\[x\](https://evil.example/x.png) \# Big \<b\>. \[click\](https://evil.example)

            ## Silences
            None: everything that fires is heard.

            """.ReplaceLineEndings("\n"),
            document.ToMarkdown());
    }
}
