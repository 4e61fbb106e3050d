using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Nines.Kernel;

namespace Nines.Catalog.Manifests;

/// <summary>The paths of <c>-f</c> and what is read from them.</summary>
public sealed class ManifestArguments(bool required = true)
{
    private readonly Option<string[]> _files = new("--file", "-f")
    {
        Description = "File or folder of manifests; - is standard input; may be repeated",
        AllowMultipleArgumentsPerToken = true,
        Required = required,
    };

    /// <summary>Adds <c>-f</c> to a command.</summary>
    public void AddTo(Command command)
    {
        _files.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => t.Value.Length > 1 && t.Value[0] == '-')) result.AddError($"There is no option \"{token.Value}\" here.");
        });
        command.Options.Add(_files);
    }

    /// <summary>Reads and parses everything that is named.</summary>
    public IReadOnlyList<ManifestDocument> Read(ParseResult parse, ProblemList problems)
    {
        var documents = new List<ManifestDocument>();
        foreach (var path in parse.GetValue(_files) ?? [])
        {
            if (path == "-")
            {
                documents.AddRange(ManifestParser.Parse(Console.In.ReadToEnd(), "-", problems));
                continue;
            }

            var files = ManifestFiles.Expand(path);
            problems.AddRange(files.Problems);
            if (!files.Ok) continue;
            foreach (var file in files.Value)
            {
                var text = ManifestFiles.Read(file, file);
                problems.AddRange(text.Problems);
                if (text.Ok) documents.AddRange(ManifestParser.Parse(text.Value, file, problems));
            }
        }

        return documents;
    }

    /// <summary>Documents as a request carries them to a door that reads <see cref="ManifestBody"/>.</summary>
    public static HttpContent Content(IReadOnlyList<ManifestDocument> documents) => JsonContent.Create(
        documents.Select(d => new SentDocument(d.Place.File ?? "-", d.Line, d.Source)), new MediaTypeHeaderValue(ManifestBody.DocumentsMediaType), HouseJson.Options);
}
