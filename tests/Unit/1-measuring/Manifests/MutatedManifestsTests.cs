using System.Runtime.CompilerServices;
using System.Text;
using Nines.Catalog.Backstage;
using Nines.Catalog.Manifests;
using Nines.Measuring.Objectives.Manifests;
using Nines.Measuring.Signals;
using Nines.Measuring.Sources;
using Nines.Tests.Unit.Measuring.Ingestion;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Manifests;

/// <summary>From bytes to objectives: whatever is done to a real manifest, the answer is problems in words.</summary>
public class MutatedManifestsTests
{
    public static TheoryData<string, string> Manifests()
    {
        var data = new TheoryData<string, string>();
        foreach (var kind in ManifestReading.Kinds.All) data.Add($"{kind.ApiVersion} {kind.Kind}", kind.Example);
        foreach (var file in Directory.EnumerateFiles(Folder(), "*.yaml").Order()) data.Add(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
        return data;
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Compile_MutatedManifest_NeverThrows(string name, string text) => Mutations.Of(Encoding.UTF8.GetBytes(text), bytes =>
    {
        Assert.NotEmpty(name);
        if (ManifestFiles.Decode(bytes, "a.yaml") is not { Ok: true } decoded) return;
        var problems = new ProblemList();
        var documents = ManifestParser.Parse(decoded.Value, "a.yaml", problems);
        var set = ManifestSet.Build(documents.Select(d => ManifestReading.Kinds.Compile(d, kept: true)), whole: true);
        _ = ObjectiveCompiler.Compile(set);
        Assert.All(set.Problems, p => Assert.NotEmpty(p.What));
    });

    [Fact]
    public void Import_MutatedCatalogInfo_NeverThrows() => Mutations.Of(Encoding.UTF8.GetBytes(CatalogInfo), bytes =>
    {
        var problems = new ProblemList();
        _ = BackstageImport.Read(ManifestParser.Parse(Encoding.UTF8.GetString(bytes), "catalog-info.yaml", problems), problems);
    });

    [Theory]
    [InlineData("http_requests_total{service=\"checkout\",code!~\"5..|4\\\\d\\\\d\",le=\"0.5\"}")]
    [InlineData("{__name__=~\"http_.+\",a='b',c!=\"\\u00e9\"}")]
    public void Selector_Mutated_NeverThrows(string text) => Mutations.Of(Encoding.UTF8.GetBytes(text), bytes =>
    {
        var written = Encoding.UTF8.GetString(bytes);
        if (!Selector.TryParse(written, out var selector, out var error)) Assert.NotEmpty(error);
        else _ = selector.Matches(Labels.Of("http_requests_total", ("service", "checkout"), ("code", "200")));
        _ = CounterQuery.TryUnwrap($"sum({written})", out _, out _);
    });

    private const string CatalogInfo = """
        apiVersion: backstage.io/v1alpha1
        kind: Component
        metadata:
          name: checkout
          description: Takes orders
          annotations: { github.com/project-slug: shop/checkout }
          links: [{ url: "https://example.com", title: Home }]
        spec:
          type: service
          lifecycle: production
          owner: group:default/payments
          dependsOn: [component:ledger, resource:db]
        ---
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata: { name: payments }
        spec: { type: team, children: [], members: [ada] }
        ---
        apiVersion: backstage.io/v1alpha1
        kind: User
        metadata: { name: ada }
        spec: { profile: { email: ada@example.com }, memberOf: [payments] }
        """;

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "openslo");
}
