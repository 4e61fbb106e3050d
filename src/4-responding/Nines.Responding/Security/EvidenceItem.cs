using NodaTime;

namespace Nines.Responding.Security;

/// <summary>A piece of evidence.</summary>
/// <param name="Number">Its number within the case, from 1.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">Its SHA-256, as hex.</param>
/// <param name="HashedBy"><c>house</c> where Nines read the bytes, <c>sender</c> where the hash was handed in.</param>
/// <param name="Kept">True where the house keeps the content.</param>
/// <param name="Where">Where it lies; empty where the house keeps it.</param>
/// <param name="From">Where it comes from.</param>
/// <param name="Note">What it shows.</param>
/// <param name="At">When it was taken in.</param>
/// <param name="By">Who took it in.</param>
/// <param name="Link">Hash over this record and the link of the one before: where one is taken away, the next no longer fits.</param>
public sealed record EvidenceItem(
    int Number, string Name, long Size, string Sha256, string HashedBy, bool Kept, string Where, string From, string Note, Instant At, string By, string Link);

/// <summary>A step of the chain of custody.</summary>
/// <param name="Evidence">Number of the evidence.</param>
/// <param name="To">Who has it now: an opaque id, or a name from outside.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Link">Hash over this step and the link of the step before.</param>
public sealed record CustodyStep(int Evidence, string To, string Why, Instant At, string By, string Link);
