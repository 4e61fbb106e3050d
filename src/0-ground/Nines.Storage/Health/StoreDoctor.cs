using System.Diagnostics;
using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Storage;

/// <summary>Examines what a store stands on: library, folder, disk, files, database. It changes nothing that it finds.</summary>
public static class StoreDoctor
{
    private const long LittleSpace = 1L << 30;
    private const long NoSpace = 16L << 20;
    private const double SlowFlushesPerSecond = 50;
    private const int Looks = 3;
    private static readonly TimeSpan FlushFor = TimeSpan.FromMilliseconds(500);

    // Leases go by the database's clock, budgets by the node's: a second apart is seen on screen, not in a page.
    private static readonly Duration MostSkew = Duration.FromSeconds(1);

    /// <summary>Every check, in the order in which one would mend them.</summary>
    /// <param name="options">The store.</param>
    /// <param name="clock">This node's clock.</param>
    /// <param name="stop">Ends it early.</param>
    public static async Task<IReadOnlyList<HealthLine>> ExamineAsync(StoreLocation options, TimeProvider clock, CancellationToken stop)
    {
        var data = Path.GetFullPath(options.DataDirectory);
        var lines = new List<HealthLine>();
        Add(lines, "sqlite", () => $"SQLite {SqliteLibrary.Version} of the operating system.");
        if (!Directory.Exists(data))
        {
            lines.Add(new("data folder", HealthState.Warning, $"{data} does not exist yet.", "\"nines serve\" makes it at its first start; name another with --data."));
        }
        else
        {
            Add(lines, "data folder", () => Writable(data));
            lines.Add(Space(data));
            if (lines.All(l => l.State != HealthState.Bad)) lines.Add(FlushRate(data));
            Add(lines, "journal", () => Journal(data));
            Add(lines, "signals", () => Signals(data));
            Add(lines, "people's keys", () => $"{StoreCheck.Database(DataDirectory.KeysFile(data), "SELECT count(*) FROM keys")} keys; pages whole, schema {SqliteSchema.Version}.");
        }

        if (options.Postgres is { } address) await PostgresAsync(lines, address, clock, stop);
        return lines;
    }

    private static void Add(List<HealthLine> lines, string check, Func<string> examine)
    {
        try
        {
            lines.Add(new(check, HealthState.Good, examine()));
        }
        catch (StorageException e)
        {
            lines.Add(new(check, HealthState.Bad, e.Message));
        }
    }

    private static string Writable(string data)
    {
        var file = Path.Combine(data, ".doctor-" + Path.GetRandomFileName());
        try
        {
            File.WriteAllText(file, "");
            File.Delete(file);
            return $"{data} can be written.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.For(e, data);
        }
    }

    private static HealthLine Space(string data)
    {
        var free = new DriveInfo(data).AvailableFreeSpace;
        var found = free >= LittleSpace
            ? string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1 << 30):0.0} GiB are free.")
            : string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MiB are free.");
        return free switch
        {
            >= LittleSpace => new("disk space", HealthState.Good, found),
            >= NoSpace => new("disk space", HealthState.Warning, found, "Free some: a full disk stops every change (nothing acknowledged is lost)."),
            _ => new("disk space", HealthState.Bad, found, "Free some space: on a full disk every change is refused (nothing acknowledged is lost)."),
        };
    }

    private static HealthLine FlushRate(string data)
    {
        try
        {
            var rate = FlushesPerSecond(Path.Combine(data, ".doctor-" + Path.GetRandomFileName()));
            var found = string.Create(CultureInfo.InvariantCulture, $"{rate:0} flushes a second ({1000 / rate:0.00} ms each).");
            return rate >= SlowFlushesPerSecond
                ? new("disk flush", HealthState.Good, found)
                : new("disk flush", HealthState.Warning, found, "Each single change waits for a flush; use a faster disk for --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("disk flush", HealthState.Bad, FileErrors.For(e, data).Message);
        }
    }

    private static double FlushesPerSecond(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = new byte[4096];
        var began = Stopwatch.GetTimestamp();
        var flushes = 0;
        for (; Stopwatch.GetElapsedTime(began) < FlushFor; flushes++)
        {
            RandomAccess.Write(handle, block, flushes * 4096L);
            DiskFlush.Data(handle);
        }

        return flushes / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string Journal(string data)
    {
        var file = DataDirectory.JournalFile(data);
        if (!File.Exists(file)) return "None yet.";
        return $"{StoreCheck.Journal(file)} entries without a gap; pages whole, schema {SqliteSchema.Version}.";
    }

    private static string Signals(string data)
    {
        for (var look = 1; ; look++)
        {
            try
            {
                return SignalsNow(data);
            }
            catch (StorageException) when (look < Looks)
            {
                // A server that works on it may have made a checkpoint between two of the questions; damage stays.
            }
        }
    }

    private static string SignalsNow(string data)
    {
        var log = DataDirectory.SignalLogFolder(data);
        var known = HeadWitness.KnownIn(Path.Combine(log, "log.head"));
        var checkpoint = StoreCheck.Database(DataDirectory.SignalsFile(data), "SELECT position FROM checkpoint");
        var segments = Directory.Exists(log) ? SegmentScan.Read(log, checkpoint) : [];
        var last = segments.Count == 0 ? checkpoint : Math.Max(checkpoint, segments[^1].Last);
        if (known > last) throw SegmentScan.Lost(segments.Count == 0 ? log : segments[^1].File, last, known);
        return $"{last - checkpoint} bodies since the checkpoint at {checkpoint}, {segments.Count} segments; pages whole, schema {SqliteSchema.Version}.";
    }

    private static async Task PostgresAsync(List<HealthLine> lines, string address, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            await using var database = await PgDatabase.OpenAsync(address, stop);
            var head = await database.ScalarAsync("SELECT position FROM nines.head", stop);
            lines.Add(new("postgresql", HealthState.Good, $"{database.Place} answers; {head} entries, schema {PgSchema.Version}."));
            foreach (var setting in (string[])["fsync", "full_page_writes"])
            {
                if (await database.ScalarAsync("SELECT current_setting($1)", stop, setting) is not "on")
                    lines.Add(new("postgresql", HealthState.Bad, $"{database.Place} runs with {setting}=off: a power cut loses or damages what was acknowledged.", $"Set {setting}=on."));
            }

            var began = clock.Now();
            var there = Instant.FromDateTimeUtc((DateTime)(await database.ScalarAsync("SELECT clock_timestamp()", stop))!);
            var skew = there - began - ((clock.Now() - began) / 2);
            var milliseconds = Math.Round(skew.TotalMilliseconds);
            lines.Add(skew > -MostSkew && skew < MostSkew
                ? new("clock", HealthState.Good, $"The database's clock differs by {milliseconds} ms.")
                : new("clock", HealthState.Warning, $"The database's clock differs by {milliseconds} ms.", "Let both keep time by NTP (chrony, systemd-timesyncd)."));
        }
        catch (StorageException e)
        {
            lines.Add(new("postgresql", HealthState.Bad, e.Message));
        }
    }
}
