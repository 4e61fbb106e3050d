using System.Collections.Immutable;
using Nines.Kernel;
using Nines.Learning.Postmortems;
using NodaTime;
using Xunit;

namespace Nines.Tests.Unit.Learning.Postmortems;

public class PublicVersionTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    private static readonly PublicPlace Shop = new("shop", "post1", "Cards fail", Over: true, "", null);

    private static Postmortem Final(string text, bool final = true) => new()
    {
        Id = "inc1",
        Number = 1,
        OpenedAt = Now,
        FinalAt = final ? Now : null,
        Sections = ImmutableSortedDictionary.Create<string, SectionText>(StringComparer.Ordinal).Add("public", new(text, 1, Now, "ada", [])),
    };

    private static string Said(Outcome<IReadOnlyList<PublicPlace>> outcome) => string.Join(" ", outcome.Problems.Select(p => $"{p.What} {p.Remedy}"));

    [Fact]
    public void Plan_WithEverythingWrong_SaysAllOfIt()
    {
        Assert.Equal("There is no postmortem PM-9. List them with \"nines postmortem list\".", Said(PublicVersion.Plan(null, "PM-9", [], "")));
        Assert.Equal(
            "PM-1 is not final. The public reads what was reviewed: finish it first. "
            + "There is nothing for the public. Write the section: nines postmortem edit PM-1 public \"…\". "
            + "shop does not say yet that it is over: Cards fail. Resolve the post first: nines statuspage update shop post1 --status resolved.",
            Said(PublicVersion.Plan(Final(" ", final: false), "PM-1", [Shop with { Over = false }], "")));
        Assert.Equal("No status page spoke of its incident. Only what the public was told of gets a last word.", Said(PublicVersion.Plan(Final("x"), "PM-1", [], "shop")));
        Assert.Equal("The page \"shp\" did not speak of its incident. It was told on shop.", Said(PublicVersion.Plan(Final("x"), "PM-1", [Shop], "shp")));
    }

    [Fact]
    public void Plan_WherePartOfItWasTold_TellsTheRest_AndNothingTwice()
    {
        var partners = Shop with { Page = "partners", Said = "x", At = Now };
        Assert.Equal([Shop], PublicVersion.Plan(Final("x"), "PM-1", [Shop, partners], "").Value);
        Assert.Equal([Shop, partners], PublicVersion.Plan(Final("y"), "PM-1", [Shop, partners], "").Value);
        Assert.Equal("The public can read that already. Change the section first.", Said(PublicVersion.Plan(Final("x"), "PM-1", [Shop, partners], "partners")));
    }
}
