using System.Collections.Concurrent;
using System.Security.Cryptography;
using Nines.Kernel;
using Npgsql;

namespace Nines.Storage;

/// <summary>People's keys in PostgreSQL; each node remembers those it used and forgets what another erases.</summary>
internal sealed class PgPersonKeys(PgDatabase database) : IPersonKeys, IKeyContents
{
    private readonly ConcurrentDictionary<string, byte[]> _keys = [];

    /// <summary>Reads all keys, so that a first look-up needs no round trip.</summary>
    public async Task LoadAsync(CancellationToken stop)
    {
        foreach (var (person, key) in await database.RowsAsync("SELECT person, key FROM nines.keys", r => (r.GetString(0), r.GetFieldValue<byte[]>(1)), stop))
            _keys[person] = key;
    }

    /// <summary>Another node erased a key.</summary>
    public void Forget(string person) => _keys.TryRemove(person, out _);

    /// <inheritdoc />
    public async ValueTask<byte[]> GetOrCreateAsync(string person, CancellationToken stop)
    {
        if (_keys.TryGetValue(person, out var known)) return known;
        await database.ExecuteAsync("INSERT INTO nines.keys VALUES($1, $2) ON CONFLICT DO NOTHING", stop, person, RandomNumberGenerator.GetBytes(32));
        var key = (byte[])(await database.ScalarAsync("SELECT key FROM nines.keys WHERE person = $1", stop, person))!;
        return _keys[person] = key;
    }

    /// <inheritdoc />
    public async ValueTask KeepAsync(string name, byte[] secret, CancellationToken stop)
    {
        var kept = await database.ScalarAsync("INSERT INTO nines.keys VALUES($1, $2) ON CONFLICT DO NOTHING RETURNING person", stop, name, secret);
        if (kept is null) throw new ArgumentException($"Something is kept as {name} already.", nameof(name));
        _keys[name] = secret;
    }

    /// <inheritdoc />
    public byte[]? Find(string person)
    {
        if (_keys.TryGetValue(person, out var known)) return known;
        try
        {
            // Another node may have made it a moment ago; a key that does not exist is asked for rarely.
            using var command = database.Command("SELECT key FROM nines.keys WHERE person = $1", person);
            return command.ExecuteScalar() is byte[] key ? _keys[person] = key : null;
        }
        catch (NpgsqlException e)
        {
            throw PgErrors.For(e, database.Place);
        }
    }

    /// <inheritdoc />
    public async ValueTask EraseAsync(string person, CancellationToken stop)
    {
        await database.ExecuteAsync(
            $"WITH gone AS (DELETE FROM nines.keys WHERE person = $1) SELECT pg_notify('{PgNotices.KeyErased}', $1)", stop, person);
        _keys.TryRemove(person, out _);
    }

    public IReadOnlyDictionary<string, byte[]> All => _keys;

    public async Task ImportAsync(IReadOnlyDictionary<string, byte[]> keys, CancellationToken stop)
    {
        foreach (var (person, key) in keys)
        {
            await database.ExecuteAsync("INSERT INTO nines.keys VALUES($1, $2) ON CONFLICT (person) DO UPDATE SET key = excluded.key", stop, person, key);
            _keys[person] = key;
        }
    }
}
