using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Nines.Catalog.Manifests;
using Nines.Measuring.Objectives;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

/// <summary>Reads manifests with all kinds of the product, as <c>nines validate</c> does.</summary>
internal static class ManifestReading
{
    public static ManifestKinds Kinds { get; } = ProductKinds();

    public static ManifestSet Read(string text, bool whole = true, Strictness strictness = Strictness.Lenient)
    {
        var problems = new ProblemList(strictness);
        var documents = ManifestParser.Parse(text, "a.yaml", problems);
        Assert.False(problems.HasErrors, string.Join("\n", problems.Problems));
        return ManifestSet.Build(documents.Select(d => Kinds.Compile(d, strictness)), whole, strictness);
    }

    public static string[] Errors(string text, bool whole = true) => [.. Read(text, whole).Problems.Where(p => p.IsError).Select(p => p.ToString())];

    public static string[] Findings(string text, bool whole = true)
    {
        Assert.Empty(Errors(text, whole));
        return [.. Read(text, whole).Problems.Select(p => p.ToString())];
    }

    public static IReadOnlyList<Objective> Compiled(string text)
    {
        Assert.Empty(Errors(text));
        return Nines.Measuring.Objectives.Manifests.ObjectiveCompiler.Compile(Read(text));
    }

    private static ManifestKinds ProductKinds()
    {
        var services = new ServiceCollection();
        Nines.Host.Rooms.Register(services, new ConfigurationBuilder().Build());
        return ManifestRegistration.KindsOf(services);
    }
}
