using Nines.Kernel;

namespace Nines.Storage;

/// <summary>The journal's one writing connection: an append is one transaction, durable when it returns.</summary>
internal sealed class SqliteJournalWriter : IDisposable
{
    private readonly NameMap<StreamName> _streams;
    private readonly NameMap<string> _types;
    private readonly Dictionary<int, long> _versions = [];
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _insertStream;
    private readonly SqliteStatement _insertType;
    private readonly SqliteStatement _version;

    public SqliteJournalWriter(string file, NameMap<StreamName> streams, NameMap<string> types)
    {
        (_streams, _types) = (streams, types);
        Database = SqliteDatabase.OpenWriter(file);
        try
        {
            SqliteSchema.Ensure(Database, SqliteSchema.Journal);
            _begin = Database.Prepare("BEGIN IMMEDIATE");
            _commit = Database.Prepare("COMMIT");
            _insert = Database.Prepare("INSERT INTO journal VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
            _insertStream = Database.Prepare("INSERT INTO streams VALUES(?1, ?2, ?3)");
            _insertType = Database.Prepare("INSERT INTO types VALUES(?1, ?2)");
            _version = Database.Prepare("SELECT version FROM journal WHERE stream = ?1 ORDER BY version DESC LIMIT 1");
            LoadNames();
            Head = Database.Scalar("SELECT max(position) FROM journal");
        }
        catch
        {
            Database.Dispose();
            throw;
        }
    }

    public SqliteDatabase Database { get; }

    /// <summary>The newest durable position.</summary>
    public long Head { get; private set; }

    /// <summary>Appends right after the head; all or nothing.</summary>
    /// <returns>The version of each entry in its stream.</returns>
    public long[] Append(IReadOnlyList<NewEntry> entries)
    {
        var draft = new Draft(_streams, _types);
        var versions = new long[entries.Count];
        _begin.Run();
        try
        {
            for (var i = 0; i < versions.Length; i++) versions[i] = Insert(entries[i], Head + 1 + i, draft);
            _commit.Run();
        }
        catch
        {
            Database.Rollback();
            throw;
        }

        foreach (var (name, id) in draft.Streams) _streams.Add(id, name);
        foreach (var (name, id) in draft.Types) _types.Add(id, name);
        foreach (var (stream, version) in draft.Versions) _versions[stream] = version;
        Head += versions.Length;
        return versions;
    }

    /// <summary>Runs other writing in a transaction of its own.</summary>
    public void Write(Action<SqliteDatabase> write)
    {
        _begin.Run();
        try
        {
            write(Database);
            _commit.Run();
        }
        catch
        {
            Database.Rollback();
            throw;
        }
    }

    private long Insert(NewEntry entry, long position, Draft draft)
    {
        var stream = draft.Stream(entry.Stream, out var newStream);
        if (newStream) _insertStream.Bind(1, stream).Bind(2, entry.Stream.Kind).Bind(3, entry.Stream.Key).Run();
        var type = draft.Type(entry.Type, out var newType);
        if (newType) _insertType.Bind(1, type).Bind(2, entry.Type).Run();
        var version = draft.Versions[stream] = 1 + (draft.Versions.TryGetValue(stream, out var last) ? last : newStream ? 0 : VersionOf(stream));
        var cause = entry.CauseOffset < 0 ? entry.Cause : Head + 1 + entry.CauseOffset;
        _insert.Bind(1, position).Bind(2, stream).Bind(3, version).Bind(4, type).Bind(5, entry.At.ToUnixTimeTicks())
            .Bind(6, entry.Actor).Bind(7, cause).Bind(8, entry.Key).Bind(9, entry.Data.Span).Run();
        return version;
    }

    private long VersionOf(int stream)
    {
        if (_versions.TryGetValue(stream, out var version)) return version;
        _version.Bind(1, stream);
        version = _version.Step() ? _version.Long(0) : 0;
        _version.Reset();
        return _versions[stream] = version;
    }

    private void LoadNames()
    {
        using var streams = Database.Prepare("SELECT id, kind, key FROM streams");
        while (streams.Step()) _streams.Add((int)streams.Long(0), new(streams.Text(1)!, streams.Text(2)!));
        using var types = Database.Prepare("SELECT id, name FROM types");
        while (types.Step()) _types.Add((int)types.Long(0), types.Text(1)!);
    }

    public void Dispose() => Database.Dispose();

    /// <summary>Ids and versions given out inside an append; they hold only once it is committed.</summary>
    private sealed class Draft(NameMap<StreamName> streams, NameMap<string> types)
    {
        public Dictionary<StreamName, int> Streams { get; } = [];

        public Dictionary<string, int> Types { get; } = [];

        public Dictionary<int, long> Versions { get; } = [];

        public int Stream(StreamName name, out bool made) => Id(name, streams, Streams, out made);

        public int Type(string name, out bool made) => Id(name, types, Types, out made);

        private static int Id<T>(T name, NameMap<T> known, Dictionary<T, int> fresh, out bool made) where T : notnull
        {
            made = false;
            if (known.TryGet(name, out var id) || fresh.TryGetValue(name, out id)) return id;
            made = true;
            return fresh[name] = known.Newest + fresh.Count + 1;
        }
    }
}
