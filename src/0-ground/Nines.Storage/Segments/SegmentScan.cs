using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Reads the segments of a folder at the start and says where the log ends.</summary>
internal static class SegmentScan
{
    /// <summary>The segments in order, each with what is whole in it.</summary>
    /// <exception cref="StorageException">A record that was acknowledged is missing between two segments.</exception>
    public static List<Segment> Read(string folder, long forgotten)
    {
        var segments = Directory.EnumerateFiles(folder, "*.seg").Select(file => new Segment(file, Segment.FirstOf(file)))
            .Where(s => s.First > 0).OrderBy(s => s.First).ToList();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var next = i + 1 < segments.Count ? segments[i + 1].First : long.MaxValue;
            foreach (var (record, end) in segment.Read())
            {
                // What a failed flush left here was never acknowledged; the next segment took its positions.
                if (record.Position >= next) break;
                segment.Grew(end, record.Position);
            }

            var needed = Math.Max(forgotten, segment.Last);
            if (next != long.MaxValue && next > needed + 1) throw Lost(segment.File, segment.Last, next - 1);
        }

        if (segments.Count > 0 && segments[0].First > forgotten + 1)
            throw Lost(Segment.PathOf(folder, forgotten + 1), forgotten, segments[0].First - 1);
        return segments;
    }

    public static StorageException Lost(string file, long last, long known) => new(
        $"{file} is damaged: after position {last} the log cannot be read, but {known} had been acknowledged. "
        + $"Put that file back, or restore the newest backup with \"nines restore\"; to go on without the last {known - last} bodies, move the folder {Path.GetDirectoryName(file)} away. Nothing was changed.");
}
