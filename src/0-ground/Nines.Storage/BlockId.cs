namespace Nines.Storage;

/// <summary>A block's place in one B-tree of integers: stream in the upper 32 bits, block in the lower.</summary>
internal static class BlockId
{
    public static long Of(int stream, int block) => ((long)stream << 32) | (uint)block;

    public static int BlockOf(long id) => (int)(id & 0xffff_ffff);
}
