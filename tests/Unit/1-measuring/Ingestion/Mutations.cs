using FsCheck.Fluent;

namespace Nines.Tests.Unit.Measuring.Ingestion;

/// <summary>Feeds a parser with a real input that was cut, flipped, doubled and spliced.</summary>
internal static class Mutations
{
    public static void Of(byte[] real, Action<byte[]> parse)
    {
        var edit = from kind in Gen.Choose(0, 4)
                   from at in Gen.Choose(0, real.Length - 1)
                   from length in Gen.Choose(0, 40)
                   from value in Gen.Choose(0, 255)
                   select (kind, at, length, value);
        var edits = Gen.ListOf(edit).Where(list => list.Count is > 0 and < 8);
        Prop.ForAll(edits.ToArbitrary(), list =>
        {
            var bytes = real.ToList();
            foreach (var (kind, at, length, value) in list) Apply(bytes, kind, at, length, (byte)value);
            parse([.. bytes]);
        }).Hold(400);
    }

    private static void Apply(List<byte> bytes, int kind, int at, int length, byte value)
    {
        if (bytes.Count == 0) return;
        at %= bytes.Count;
        length = Math.Min(length, bytes.Count - at);
        switch (kind)
        {
            case 0: bytes[at] = value; break;
            case 1: bytes.RemoveRange(at, length); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 3: bytes.RemoveRange(at, bytes.Count - at); break;
            default: bytes.Insert(at, value); break;
        }
    }
}
