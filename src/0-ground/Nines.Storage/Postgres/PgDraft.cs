using Nines.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Nines.Storage;

/// <summary>An append as columns: ids for new names, versions, and one array a column.</summary>
internal sealed class PgDraft
{
    private readonly long _head;
    private readonly IReadOnlyList<NewEntry> _entries;
    private readonly NameMap<StreamName> _streams;
    private readonly NameMap<string> _types;
    private readonly Dictionary<StreamName, int> _newStreams = [];
    private readonly Dictionary<string, int> _newTypes = [];
    private readonly Dictionary<int, long> _newest = [];
    private readonly int[] _streamIds;
    private readonly int[] _typeIds;

    public PgDraft(long head, IReadOnlyList<NewEntry> entries, NameMap<StreamName> streams, NameMap<string> types)
    {
        (_head, _entries, _streams, _types) = (head, entries, streams, types);
        Versions = new long[entries.Count];
        _streamIds = [.. entries.Select(e => IdOf(e.Stream, streams, _newStreams))];
        _typeIds = [.. entries.Select(e => IdOf(e.Type, types, _newTypes))];
    }

    public int Count => _entries.Count;

    public long[] Versions { get; }

    /// <summary>Streams that were there before this append.</summary>
    public IEnumerable<int> KnownStreams => _streamIds.Distinct().Where(id => !_newStreams.ContainsValue(id));

    public void GiveVersions(Dictionary<int, long> known)
    {
        for (var i = 0; i < Versions.Length; i++)
        {
            var last = _newest.TryGetValue(_streamIds[i], out var here) ? here : known.GetValueOrDefault(_streamIds[i]);
            _newest[_streamIds[i]] = Versions[i] = last + 1;
        }
    }

    /// <summary>Takes over what is committed now.</summary>
    public void Keep(Dictionary<int, long> versions)
    {
        foreach (var (name, id) in _newStreams) _streams.Add(id, name);
        foreach (var (name, id) in _newTypes) _types.Add(id, name);
        foreach (var (stream, version) in _newest) versions[stream] = version;
    }

    /// <summary>Parameters $4 to $16 of the append.</summary>
    public void AddTo(NpgsqlParameterCollection to)
    {
        Add(to, NpgsqlDbType.Integer, _newStreams.Values.ToArray());
        Add(to, NpgsqlDbType.Text, _newStreams.Keys.Select(n => n.Kind).ToArray());
        Add(to, NpgsqlDbType.Text, _newStreams.Keys.Select(n => n.Key).ToArray());
        Add(to, NpgsqlDbType.Integer, _newTypes.Values.ToArray());
        Add(to, NpgsqlDbType.Text, _newTypes.Keys.ToArray());
        Add(to, NpgsqlDbType.Integer, _streamIds);
        Add(to, NpgsqlDbType.Bigint, Versions);
        Add(to, NpgsqlDbType.Integer, _typeIds);
        Add(to, NpgsqlDbType.Bigint, _entries.Select(e => e.At.ToUnixTimeTicks()).ToArray());
        Add(to, NpgsqlDbType.Text, _entries.Select(e => e.Actor).ToArray());
        Add(to, NpgsqlDbType.Bigint, _entries.Select(e => e.CauseOffset < 0 ? e.Cause : _head + 1 + e.CauseOffset).ToArray());
        Add(to, NpgsqlDbType.Text, _entries.Select(e => e.Key).ToArray());
        Add(to, NpgsqlDbType.Bytea, _entries.Select(e => e.Data.ToArray()).ToArray());
    }

    private static void Add(NpgsqlParameterCollection to, NpgsqlDbType element, object values) =>
        to.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | element });

    private static int IdOf<T>(T name, NameMap<T> known, Dictionary<T, int> fresh) where T : notnull
    {
        if (known.TryGet(name, out var id) || fresh.TryGetValue(name, out id)) return id;
        return fresh[name] = known.Newest + fresh.Count + 1;
    }
}
