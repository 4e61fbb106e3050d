using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Catalog.Manifests;

/// <summary>Manifests as a request carries them: YAML or JSON, or documents with the places they come from.</summary>
public static class ManifestBody
{
    /// <summary>Documents with the file and line they come from, so that the server's problems name the user's own files.</summary>
    public const string DocumentsMediaType = "application/vnd.nines.documents+json";

    // A text grows many times while it is read; two large ones at a time are as fast as two cores can be.
    private static readonly SemaphoreSlim Reading = new(2, 2);

    /// <summary>Reads the documents of a request; what is wrong goes to the list.</summary>
    public static async Task<IReadOnlyList<ManifestDocument>> ReadAsync(HttpRequest request, ProblemList problems)
    {
        var lease = BodyBudget.For(request.HttpContext);
        var (outcome, body) = await BoundedBody.ReadAsync(request.Body, ManifestLimits.Default.Characters, lease, request.HttpContext.RequestAborted);
        if (outcome == BodyOutcome.Full) problems.Add(new(ProblemKind.Unavailable, BodyLease.Full));
        if (outcome == BodyOutcome.TooLarge) problems.Invalid($"The body has more than {ManifestLimits.Default.Characters} bytes.", "Send it in several calls.", null, null);
        if (outcome != BodyOutcome.Whole) return [];
        await Reading.WaitAsync(request.HttpContext.RequestAborted);
        try
        {
            return Parse(request, body, problems);
        }
        finally
        {
            Reading.Release();
        }
    }

    private static IReadOnlyList<ManifestDocument> Parse(HttpRequest request, ReadOnlySpan<byte> body, ProblemList problems)
    {
        var text = ManifestFiles.Decode(body, null);
        problems.AddRange(text.Problems);
        if (!text.Ok) return [];
        if (request.ContentType?.StartsWith(DocumentsMediaType, StringComparison.Ordinal) != true) return ManifestParser.Parse(text.Value, null, problems);
        try
        {
            var sent = JsonSerializer.Deserialize<SentDocument[]>(text.Value, HouseJson.Options) ?? [];
            return [.. sent.SelectMany(d => ManifestParser.Parse(d.Source, d.File, problems, firstLine: Math.Max(1, d.Line)))];
        }
        catch (JsonException e)
        {
            problems.Invalid($"The body is not a list of documents: {e.Message}", "Send [{\"file\", \"line\", \"source\"}].", null, null);
            return [];
        }
    }
}

/// <summary>A document as a command sends it.</summary>
internal sealed record SentDocument(string File, int Line, string Source);
