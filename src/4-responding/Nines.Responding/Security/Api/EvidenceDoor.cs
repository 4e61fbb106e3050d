using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Pages;

namespace Nines.Responding.Security.Api;

/// <summary>Evidence in and out: the house hashes what it reads, keeps what is small, and serves it as a file that no browser opens by itself.</summary>
internal sealed class EvidenceDoor(SecurityDesk desk, SecurityReading reading, IHouse house, IJournal journal, EventCatalog events, IPersonKeys keys, TimeProvider clock)
{
    /// <summary>The bytes of a body: <c>?name=…&amp;note=…</c>. Up to 1 MiB the house keeps it, up to what it takes at once it hashes it.</summary>
    public async Task<IResult> UploadAsync(HttpContext http, string id, CancellationToken stop)
    {
        var query = http.Request.Query;
        var (size, hash, content) = await HashAsync(http.Request.Body, stop);
        var brought = new EvidenceBrought(query["name"].ToString(), size, hash, true, "", query["where"].ToString(), query["from"].ToString(), query["note"].ToString());
        return After(http, await desk.AddEvidenceAsync(http.Caller(), id, brought, content, query["by"].ToString(), stop));
    }

    /// <summary>Evidence that lies elsewhere: its hash was made there.</summary>
    public async Task<IResult> RecordAsync(HttpContext http, string id, Elsewhere asked, CancellationToken stop) => After(http, await desk.AddEvidenceAsync(
        http.Caller(), id, new(asked.Name, asked.Size, asked.Sha256.ToLowerInvariant(), false, "", asked.Where, asked.From, asked.Note), null, asked.By, stop));

    /// <summary>Whether a hash is that of a piece of evidence.</summary>
    public async Task<IResult> VerifyAsync(HttpContext http, string id, string sha256, CancellationToken stop)
    {
        var read = await reading.ReadAsync(http.Caller(), id, clock.Now(), stop);
        if (!read.Ok) return Answers.Refuse(read.Problems);
        var hash = sha256.ToLowerInvariant();
        return SecurityApi.Quiet(http, Results.Json(new Verified(hash, [.. read.Value.Evidence.Where(e => e.Sha256 == hash)], read.Value.BrokenChain), HouseJson.Options));
    }

    /// <summary>The form of the page.</summary>
    public async Task<Outcome<string>> FromFormAsync(HttpContext http, string id, IFormCollection form, CancellationToken stop)
    {
        if (form.Files.GetFile("file") is not { Length: > 0 } file) return Problem.Invalid("No file was chosen.", "Choose one.", "file");
        await using var stream = file.OpenReadStream();
        var (size, hash, content) = await HashAsync(stream, stop);
        var brought = new EvidenceBrought(Path.GetFileName(file.FileName.Replace('\\', '/')), size, hash, true, "", form["where"].ToString(), form["from"].ToString(), form["note"].ToString());
        return await desk.AddEvidenceAsync(http.Caller(), id, brought, content, "", stop);
    }

    /// <summary>The content of evidence: that it was taken along is a step of its custody, written before the first byte goes.</summary>
    public async Task<IResult> DownloadAsync(HttpContext http, string id, string number, CancellationToken stop)
    {
        var copied = await desk.DoAsync(http.Caller(), id, (context, one, _, by) => EvidenceRules.Copied(context, one, number, by), new(), stop);
        if (!copied.Ok) return ProblemAnswers.Refuse(http, copied.Problems);
        var one = house.State.Get<SecurityBook>().All[copied.Value];
        var item = EvidenceRules.ItemOf(one, number).Value;
        if (await ContentAsync(one, item.Number, stop) is not { } content) return ProblemAnswers.Refuse(http, Problem.NotFound($"The content of evidence {number} was erased.", "Its hash stays."));
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return SecurityApi.Quiet(http, Results.File(content, "application/octet-stream", item.Name));
    }

    /// <summary>The whole case as one archive, with a list of the hashes of what is in it.</summary>
    public async Task<IResult> ExportAsync(HttpContext http, string id, CancellationToken stop)
    {
        var read = await reading.ReadAsync(http.Caller(), id, clock.Now(), stop);
        if (!read.Ok) return ProblemAnswers.Refuse(http, read.Problems);
        var one = house.State.Get<SecurityBook>().All[read.Value.Row.Id];
        using var bytes = new MemoryStream();
        await using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await PutAsync(zip, "case.json", JsonSerializer.SerializeToUtf8Bytes(read.Value, HouseJson.Indented), files, stop);
            foreach (var item in one.Evidence.Where(e => e.Kept))
                if (await ContentAsync(one, item.Number, stop) is { } content) await PutAsync(zip, $"evidence/{item.Number:000}-{item.Name}", content, files, stop);
            await PutAsync(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(new { @case = one.Name, exportedAt = clock.Now(), sha256 = files, lastLink = one.Evidence.LastOrDefault()?.Link ?? "" }, HouseJson.Indented), [], stop);
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        return SecurityApi.Quiet(http, Results.File(bytes.ToArray(), "application/zip", one.Name + ".zip"));
    }

    /// <summary>Evidence that lies elsewhere.</summary>
    internal sealed record Elsewhere(string Name = "", long Size = 0, string Sha256 = "", string Where = "", string From = "", string Note = "", string By = "");

    /// <summary>What a hash belongs to.</summary>
    internal sealed record Verified(string Sha256, IReadOnlyList<EvidenceItem> Evidence, IReadOnlyList<string> BrokenChain);

    /// <summary>Every action with its address.</summary>
    public static void Register(Registration room)
    {
        var (read, write) = (Permission.Read("security"), Permission.Write("security"));
        room.Post("/api/v1/security/cases/{id}/evidence", write, (HttpContext http, string id, EvidenceDoor door, CancellationToken stop) => door.UploadAsync(http, id, stop));
        room.Post("/api/v1/security/cases/{id}/evidence/recorded", write, (HttpContext http, string id, Elsewhere asked, EvidenceDoor door, CancellationToken stop) => door.RecordAsync(http, id, asked, stop));
        room.Get("/api/v1/security/cases/{id}/evidence/by-hash/{sha256}", read, (HttpContext http, string id, string sha256, EvidenceDoor door, CancellationToken stop) => door.VerifyAsync(http, id, sha256, stop));
        room.Post("/api/v1/security/cases/{id}/evidence/{number}/content", write, (HttpContext http, string id, string number, EvidenceDoor door, CancellationToken stop) => door.DownloadAsync(http, id, number, stop));
        room.Post("/api/v1/security/cases/{id}/export", write, (HttpContext http, string id, EvidenceDoor door, CancellationToken stop) => door.ExportAsync(http, id, stop));
    }

    // Hashed while it comes; held only as long as it is small enough to be kept.
    private static async Task<(long Size, string Sha256, byte[]? Content)> HashAsync(Stream from, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var kept = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long size = 0;
            while (await from.ReadAsync(buffer, stop) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                size += read;
                if (size <= EvidenceRules.LargestKept) kept.Write(buffer, 0, read);
            }

            return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), size <= EvidenceRules.LargestKept ? kept.ToArray() : null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<byte[]?> ContentAsync(SecurityCase one, int number, CancellationToken stop)
    {
        if (!one.Contents.TryGetValue(number, out var position)) return null;
        return await journal.ReadAtAsync([position], stop) is [var entry, ..] && events.Read(entry.Type, entry.Data) is EvidenceKept kept && PersonSeal.Open(keys.Find(SecurityDesk.KeyOf(one.Id)), kept.Sealed) is { } text ? Convert.FromBase64String(text) : null;
    }

    private static async Task PutAsync(ZipArchive zip, string name, byte[] content, SortedDictionary<string, string> files, CancellationToken stop)
    {
        files[name] = Convert.ToHexStringLower(SHA256.HashData(content));
        await using var entry = await zip.CreateEntry(name).OpenAsync(stop);
        await entry.WriteAsync(content, stop);
    }

    private IResult After(HttpContext http, Outcome<string> done) => done.Ok
        ? SecurityApi.Quiet(http, Results.Json(reading.View(http.Caller(), done.Value, clock.Now()).Value, HouseJson.Options))
        : Answers.Refuse(done.Problems);
}
