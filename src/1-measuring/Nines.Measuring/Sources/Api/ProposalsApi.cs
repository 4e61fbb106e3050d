using Microsoft.AspNetCore.Http;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Sources.Api;

/// <summary>Which server to look at.</summary>
/// <param name="Url">Its address, without /api.</param>
/// <param name="Name">What the data source shall be called.</param>
/// <param name="Token">Where its bearer token is kept; null for none.</param>
/// <param name="User">User of basic authentication; null for none.</param>
/// <param name="Password">Where that user's password is kept.</param>
/// <param name="Headers">Further headers.</param>
/// <param name="CaFile">Certificates that are trusted instead of the system's.</param>
internal sealed record ProposalsAsked(
    Uri? Url, string? Name, string? Token = null, string? User = null, string? Password = null, IReadOnlyDictionary<string, string>? Headers = null, string? CaFile = null);

/// <summary>What could be measured.</summary>
/// <param name="Proposals">Objectives.</param>
/// <param name="Files">The same as manifests.</param>
internal sealed record ProposalsAnswer(IReadOnlyList<Proposal> Proposals, IReadOnlyList<ProposedFile> Files);

/// <summary>The HTTP door to proposals.</summary>
internal static class ProposalsApi
{
    public static async Task<IResult> Propose(ProposalsAsked asked, Scout scout, ManifestKinds kinds, TimeProvider clock, CancellationToken stop)
    {
        if (asked.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0 })
            return Answers.Refuse(Problem.Invalid("This is not an address that can be read.", "Write a whole URL that begins with https:// or http://, without a password.", "url"));
        var name = string.IsNullOrEmpty(asked.Name) ? "prometheus" : asked.Name;
        if (name.Length > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return Answers.Refuse(Problem.Invalid($"\"{name}\" cannot be the name of a data source.", "Write lower-case letters, digits and hyphens.", "name"));
        // The manifest that init would write is the one that is tried: what it refuses is refused here.
        var text = ProposalText.DataSource(name, asked);
        var problems = new ProblemList(Strictness.Strict);
        var compiled = ManifestParser.Parse(text, null, problems).Select(document => kinds.Compile(document, Strictness.Strict)).FirstOrDefault();
        if (compiled?.Spec is not DataSource source) return Answers.Refuse([.. problems.Problems, .. compiled?.Problems ?? []]);
        var found = await scout.LookAsync(source, clock.UnixMs(), stop);
        return found.Map(proposals => new ProposalsAnswer(proposals, ProposalText.Files(name, text, proposals))).ToAnswer();
    }
}
