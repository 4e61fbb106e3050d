using System.Globalization;
using System.Text;
using Nines.Measuring.Sources.Api;

namespace Nines.Measuring.Sources;

/// <summary>A file of manifests that was proposed.</summary>
/// <param name="Name">File name.</param>
/// <param name="Text">YAML.</param>
internal sealed record ProposedFile(string Name, string Text);

/// <summary>Writes proposals as manifests: one file for the data source, one for each service. Pure.</summary>
internal static class ProposalText
{
    /// <summary>The files, ready to be applied.</summary>
    public static IReadOnlyList<ProposedFile> Files(string source, string dataSource, IReadOnlyList<Proposal> proposals)
    {
        var files = new List<ProposedFile> { new($"{source}.yaml", dataSource) };
        foreach (var service in proposals.GroupBy(proposal => proposal.Service))
        {
            var text = new StringBuilder()
                .Append("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: ").Append(service.Key).Append(" }\nspec: { description: ")
                .Append(Quoted($"Found in {source}.")).Append(" }\n");
            foreach (var proposal in service) text.Append("---\n").Append(Slo(source, proposal));
            files.Add(new($"service-{service.Key}.yaml", text.ToString()));
        }

        return files;
    }

    /// <summary>The manifest of the server itself.</summary>
    public static string DataSource(string name, ProposalsAsked asked)
    {
        var text = new StringBuilder($"apiVersion: openslo/v1\nkind: DataSource\nmetadata: {{ name: {name} }}\nspec:\n  type: prometheus\n  connectionDetails:\n    url: {Quoted(asked.Url!.ToString())}\n");
        if (asked.Token is { } token) text.Append($"    token: {Quoted(token)}\n");
        if (asked.User is { } user) text.Append($"    basic: {{ user: {Quoted(user)}, password: {Quoted(asked.Password ?? "")} }}\n");
        if (asked.Headers is { Count: > 0 } headers) text.Append($"    headers: {{ {string.Join(", ", headers.Select(header => $"{Quoted(header.Key)}: {Quoted(header.Value)}"))} }}\n");
        if (asked.CaFile is { } ca) text.Append($"    tls: {{ caFile: {Quoted(ca)} }}\n");
        return text.ToString();
    }

    private static string Slo(string source, Proposal proposal) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{proposal.Name}} }
        spec:
          description: {{Quoted(proposal.Words)}}
          service: {{proposal.Service}}
          indicator:
            metadata: { name: {{proposal.Name}} }
            spec:
              ratioMetric:
        {{(proposal.Raw ? Raw(source, proposal) : Ratio(source, proposal))}}
          timeWindow: [{ duration: 30d, isRolling: true }]
          budgetingMethod: Occurrences
          objectives: [{ target: {{proposal.Target.ToString(CultureInfo.InvariantCulture)}} }]

        """;

    private static string Ratio(string source, Proposal proposal) => $$"""
                counter: true
                good:
                  metricSource: { metricSourceRef: {{source}}, type: prometheus, spec: { query: {{Quoted(proposal.Good)}} } }
                total:
                  metricSource: { metricSourceRef: {{source}}, type: prometheus, spec: { query: {{Quoted(proposal.Total)}} } }
        """;

    private static string Raw(string source, Proposal proposal) => $$"""
                rawType: success
                raw:
                  metricSource: { metricSourceRef: {{source}}, type: prometheus, spec: { query: {{Quoted(proposal.Good)}} } }
        """;

    // A single-quoted YAML text: only the quote itself is doubled.
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
