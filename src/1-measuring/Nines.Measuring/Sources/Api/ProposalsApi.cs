using Microsoft.AspNetCore.Http;
using Nines.Kernel;
using Nines.Shell;

namespace Nines.Measuring.Sources.Api;

/// <summary>Which server to look at.</summary>
/// <param name="Url">Its address, without /api.</param>
/// <param name="Name">What the data source shall be called.</param>
internal sealed record ProposalsAsked(Uri? Url, string? Name);

/// <summary>What could be measured.</summary>
/// <param name="Proposals">Objectives.</param>
/// <param name="Files">The same as manifests.</param>
internal sealed record ProposalsAnswer(IReadOnlyList<Proposal> Proposals, IReadOnlyList<ProposedFile> Files);

/// <summary>The HTTP door to proposals.</summary>
internal static class ProposalsApi
{
    public static async Task<IResult> Propose(ProposalsAsked asked, Scout scout, TimeProvider clock, CancellationToken stop)
    {
        var name = string.IsNullOrEmpty(asked.Name) ? "prometheus" : asked.Name;
        if (asked.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0 } url)
            return Answers.Refuse(Problem.Invalid("This is not an address that can be read.", "Write a whole URL that begins with https:// or http://, without a password.", "url"));
        if (name.Length > 40 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return Answers.Refuse(Problem.Invalid($"\"{name}\" cannot be the name of a data source.", "Write lower-case letters, digits and hyphens.", "name"));
        var found = await scout.LookAsync(new DataSource(name, "prometheus", url, null, []), clock.UnixMs(), stop);
        return found.Map(proposals => new ProposalsAnswer(proposals, ProposalText.Files(name, url, proposals))).ToAnswer();
    }
}
