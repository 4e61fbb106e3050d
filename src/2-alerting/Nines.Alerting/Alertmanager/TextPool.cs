using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Nines.Alerting.Alerts;

namespace Nines.Alerting.Alertmanager;

/// <summary>
/// Gives the same string again for bytes seen lately, and the same annotations for equal ones: alerts repeat the names and
/// most values of others, and fifty thousand of them must not keep a copy each. A fixed number of places, the newest
/// wins; safe to use from several threads, because a place holds one reference.
/// </summary>
public sealed class TextPool
{
    private const int Places = 32_768;
    private const int LongestKept = 1024;

    private readonly string?[] _texts = new string?[Places];
    private static readonly ImmutableSortedDictionary<string, string> NoNotes = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly Known?[] _notes = new Known?[Places / 8];

    /// <summary>The string of bytes that need no unescaping; what is no UTF-8 becomes U+FFFD, as Go reads it.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return "";
        if (utf8.Length > LongestKept) return Encoding.UTF8.GetString(utf8);
        ref var place = ref _texts[Hash(utf8) & (Places - 1)];
        if (place is { } known && known.Length == utf8.Length && Ascii.Equals(utf8, known)) return known;
        // Only ASCII is found again; the rest has another length in UTF-16.
        return place = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The same object for equal annotations; a <c>runbook_url</c> is also named <c>runbook</c>, as Nines calls it.</summary>
    public ImmutableSortedDictionary<string, string> Get(List<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0) return NoNotes;
        var hash = pairs.Count;
        foreach (var (name, value) in pairs) hash = (((hash * 31) + name.Length) * 31) + value.GetHashCode(StringComparison.Ordinal);
        ref var place = ref _notes[hash & (_notes.Length - 1)];
        if (place is { } known && AlertLabels.Same(known.Pairs, CollectionsMarshal.AsSpan(pairs))) return known.Notes;
        var notes = NoNotes.SetItems(pairs);
        if (notes.TryGetValue("runbook_url", out var runbook) && !notes.ContainsKey("runbook")) notes = notes.Add("runbook", runbook);
        place = new([.. pairs], notes);
        return notes;
    }

    /// <summary>Both ends, the middle and the length: what tells labels apart. A poor hash costs a copy, nothing else.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong a, b;
        if (bytes.Length >= 8)
        {
            a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[((bytes.Length - 8) / 2)..]), 29);
        }
        else
        {
            a = ((ulong)bytes[0] << 8) | bytes[^1];
            b = ((ulong)bytes[bytes.Length / 2] << 16) | ((ulong)bytes[bytes.Length / 3] << 8) | bytes[2 * bytes.Length / 3];
        }

        var mixed = (a ^ (b * 0x9E3779B97F4A7C15) ^ (ulong)bytes.Length) * 0xC2B2AE3D27D4EB4F;
        return (uint)(mixed >> 40);
    }

    private sealed record Known(KeyValuePair<string, string>[] Pairs, ImmutableSortedDictionary<string, string> Notes);
}
