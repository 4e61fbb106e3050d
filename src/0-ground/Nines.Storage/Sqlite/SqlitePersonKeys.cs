using System.Collections.Concurrent;
using System.Security.Cryptography;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// The key of each person in a small file of its own, whose deleted rows are overwritten (<c>secure_delete</c>) and which
/// has no write-ahead log to linger in.
/// </summary>
internal sealed class SqlitePersonKeys : IPersonKeys, IKeyContents, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, byte[]> _keys = [];

    public SqlitePersonKeys(string file)
    {
        _database = SqliteDatabase.OpenErasable(file);
        try
        {
            SqliteSchema.Ensure(_database, SqliteSchema.Keys);
            KeepPrivate(file);
            using var rows = _database.Prepare("SELECT person, key FROM keys");
            while (rows.Step()) _keys[rows.Text(0)!] = rows.Blob(1).ToArray();
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Only the owner reads keys, whatever the folder's rights or a restore's umask say.</summary>
    private static void KeepPrivate(string file)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) != owner) File.SetUnixFileMode(file, owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file, or a read-only disk: whoever set it up decides who reads it.
        }
    }

    /// <inheritdoc />
    public async ValueTask<byte[]> GetOrCreateAsync(string person, CancellationToken stop)
    {
        if (_keys.TryGetValue(person, out var known)) return known;
        await _gate.WaitAsync(stop);
        try
        {
            if (_keys.TryGetValue(person, out known)) return known;
            var key = RandomNumberGenerator.GetBytes(32);
            using var insert = _database.Prepare("INSERT INTO keys VALUES(?1, ?2)");
            insert.Bind(1, person).Bind(2, key).Run();
            return _keys[person] = key;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask KeepAsync(string name, byte[] secret, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            if (_keys.ContainsKey(name)) throw new ArgumentException($"Something is kept as {name} already.", nameof(name));
            using var insert = _database.Prepare("INSERT INTO keys VALUES(?1, ?2)");
            insert.Bind(1, name).Bind(2, secret).Run();
            _keys[name] = secret;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public byte[]? Find(string person) => _keys.GetValueOrDefault(person);

    /// <inheritdoc />
    public async ValueTask EraseAsync(string person, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            using var delete = _database.Prepare("DELETE FROM keys WHERE person = ?1");
            delete.Bind(1, person).Run();
            _keys.TryRemove(person, out _);
        }
        finally
        {
            _gate.Release();
        }
    }

    public IReadOnlyDictionary<string, byte[]> All => _keys;

    public async Task ImportAsync(IReadOnlyDictionary<string, byte[]> keys, CancellationToken stop)
    {
        await _gate.WaitAsync(stop);
        try
        {
            using var insert = _database.Prepare("INSERT OR REPLACE INTO keys VALUES(?1, ?2)");
            foreach (var (person, key) in keys)
            {
                insert.Bind(1, person).Bind(2, key).Run();
                _keys[person] = key;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _gate.Dispose();
    }
}
