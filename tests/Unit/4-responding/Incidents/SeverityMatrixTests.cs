using Nines.Responding.Incidents;
using Xunit;

namespace Nines.Tests.Unit.Responding.Incidents;

public class SeverityMatrixTests
{
    /// <summary>The table of seed 003, phase 5, cell by cell.</summary>
    [Theory]
    [InlineData(ImpactFunction.Core, "3 2 1 1")]
    [InlineData(ImpactFunction.Degraded, "4 3 2 1")]
    [InlineData(ImpactFunction.NonCore, "4 3 3 2")]
    [InlineData(ImpactFunction.Cosmetic, "4 4 3 3")]
    public void Of_EachCell_IsTheSeeds(ImpactFunction function, string row) => Assert.Equal(
        row, string.Join(' ', Enum.GetValues<ImpactUsers>().Select(u => (int)SeverityMatrix.Shipped.Of(function, u, []).Severity)));

    [Theory]
    [InlineData(EscalationTrigger.DataLoss, 1)]
    [InlineData(EscalationTrigger.PersonalData, 1)]
    [InlineData(EscalationTrigger.Revenue, 2)]
    [InlineData(EscalationTrigger.SlaBreach, 3)]
    public void Of_ATrigger_RaisesIt(EscalationTrigger trigger, int severity) =>
        Assert.Equal(severity, (int)SeverityMatrix.Shipped.Of(ImpactFunction.Cosmetic, ImpactUsers.One, [trigger]).Severity);

    [Fact]
    public void Of_ATriggerBelowTheMatrix_LowersNothing() =>
        Assert.Equal(IncidentSeverity.Sev1, SeverityMatrix.Shipped.Of(ImpactFunction.Core, ImpactUsers.All, [EscalationTrigger.Revenue, EscalationTrigger.SlaBreach]).Severity);

    [Fact]
    public void Of_ImpactAndTriggers_SaysWhy() => Assert.Equal(
        "Performance is degraded for fewer than a quarter of all users; it costs revenue makes it SEV2; an agreement is about to break makes it SEV1.",
        SeverityMatrix.Shipped.Of(ImpactFunction.Degraded, ImpactUsers.Few, [EscalationTrigger.SlaBreach, EscalationTrigger.Revenue]).Reason);

    [Theory]
    [InlineData("sev1", 1)]
    [InlineData("SEV-2", 2)]
    [InlineData("3", 3)]
    [InlineData("sev5", null)]
    [InlineData("", null)]
    [InlineData("critical", null)]
    public void Parse_Text_IsASeverityOrNone(string text, int? severity) => Assert.Equal(severity, (int?)SeverityText.Parse(text));
}
