using System.Globalization;
using Nines.Kernel;

namespace Nines.Responding.Security;

/// <summary>Evidence as it is handed in.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, as hex.</param>
/// <param name="HashedByHouse">True where the house read the bytes itself.</param>
/// <param name="Content">The content, sealed; empty where it is not kept.</param>
/// <param name="Where">Where it lies, where the house does not keep it.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Note">What it shows.</param>
public sealed record EvidenceBrought(string Name, long Size, string Sha256, bool HashedByHouse, string Content, string Where, string From, string Note);

/// <summary>Evidence taken in, and from hand to hand. Pure.</summary>
public static class EvidenceRules
{
    /// <summary>So many bytes the house keeps; of more it keeps the hash.</summary>
    public const int LargestKept = 1024 * 1024;

    /// <summary>Evidence is taken in, chained to what was taken in before.</summary>
    public static Outcome<IReadOnlyList<object>> Add(SecurityContext context, SecurityCase one, EvidenceBrought brought, string by)
    {
        var wrong = new List<Problem>();
        var name = brought.Name.Trim();
        if (name.Length is 0 or > 200 || name.IndexOfAny(['/', '\\', '\r', '\n', '"', '\0']) >= 0) wrong.Add(Problem.Invalid($"\"{name}\" is no name of a file.", "Write 1 to 200 characters, without slashes, quotes and line breaks.", "name"));
        if (brought.Sha256.Length != 64 || !brought.Sha256.All(char.IsAsciiHexDigitLower)) wrong.Add(Problem.Invalid($"\"{brought.Sha256}\" is no SHA-256.", "Write its 64 hexadecimal digits in lower case.", "sha256"));
        if (brought.Size < 0) wrong.Add(Problem.Invalid("It has less than no bytes.", "Write how many it has.", "size"));
        if (brought.Content.Length == 0) SecurityRules.Needs(brought.Where, "The house does not keep it, and nobody said where it lies.", "Write where it lies, such as a shelf, a bucket or a disk.", "where", wrong);
        SecurityRules.Needs(brought.Note, "Nobody said what it shows.", "Say it in a sentence.", "note", wrong);
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var number = one.Evidence.Count + 1;
        var kept = brought.Content.Length > 0;
        var item = new EvidenceItem(
            number, name, brought.Size, brought.Sha256, brought.HashedByHouse ? "house" : "sender", kept, kept ? "" : brought.Where.Trim(), brought.From.Trim(), brought.Note.Trim(), context.Now, by, "");
        var added = new EvidenceAdded(one.Id, EvidenceChain.Linked(item, one.Evidence.LastOrDefault()?.Link ?? EvidenceChain.Beginning));
        return kept ? Outcome<IReadOnlyList<object>>.Of([added, new EvidenceKept(one.Id, number, brought.Content)]) : SecurityRules.One(added);
    }

    /// <summary>Evidence is given to somebody.</summary>
    public static Outcome<IReadOnlyList<object>> Hand(SecurityContext context, SecurityCase one, SecurityAsked asked, string by)
    {
        var wrong = new List<Problem>();
        var item = ItemOf(one, asked.Evidence);
        wrong.AddRange(item.Problems.Where(p => p.IsError));
        SecurityRules.Needs(asked.To, "Nobody is named who gets it.", "Write a name.", "to", wrong);
        SecurityRules.Needs(asked.Reason, "Evidence changes hands with a reason.", "Say it in a sentence.", "reason", wrong);
        if (asked.At > context.Now) wrong.Add(SecurityRules.Future("at"));
        if (wrong.Count > 0) return Outcome<IReadOnlyList<object>>.Failed(wrong);
        var to = context.PersonOf(asked.To.Trim(), "to") is { Ok: true } person ? person.Value : asked.To.Trim();
        return Step(one, new(item.Value.Number, to, $"handed to {asked.To.Trim()}: {asked.Reason.Trim()}", asked.At ?? context.Now, by, ""));
    }

    /// <summary>Somebody takes a copy of the content along.</summary>
    public static Outcome<IReadOnlyList<object>> Copied(SecurityContext context, SecurityCase one, string number, string by) =>
        ItemOf(one, number).Then(item => item.Kept ? Step(one, new(item.Number, by, "its content was taken along", context.Now, by, "")) : Problem.NotFound($"The house does not keep evidence {item.Number}.", $"It lies here: {item.Where}"));

    /// <summary>The evidence of that number, or that there is none.</summary>
    public static Outcome<EvidenceItem> ItemOf(SecurityCase one, string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at >= 1 && at <= one.Evidence.Count
            ? one.Evidence[at - 1]
            : Problem.NotFound($"{one.Name} has no evidence {number}.", "\"nines security evidence list\" names it.", "evidence");

    private static Outcome<IReadOnlyList<object>> Step(SecurityCase one, CustodyStep step) =>
        SecurityRules.One(new EvidenceHanded(one.Id, EvidenceChain.Linked(step, one.Custody.LastOrDefault()?.Link ?? EvidenceChain.Beginning)));
}
