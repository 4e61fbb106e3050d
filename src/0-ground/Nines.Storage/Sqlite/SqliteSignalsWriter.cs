using Nines.Kernel;

namespace Nines.Storage;

/// <summary>Writes groups of signal work, each group in one transaction.</summary>
internal sealed class SqliteSignalsWriter
{
    private readonly SqliteDatabase _database;
    private readonly NameMap<string> _streams;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _position;
    private readonly SqliteStatement _block;
    private readonly SqliteStatement _drop;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _dropState;
    private readonly SqliteStatement _stream;

    public SqliteSignalsWriter(SqliteDatabase database, NameMap<string> streams)
    {
        (_database, _streams) = (database, streams);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _position = database.Prepare("UPDATE checkpoint SET position = ?1");
        _block = database.Prepare("INSERT OR REPLACE INTO blocks VALUES(?1, ?2)");
        _drop = database.Prepare("DELETE FROM blocks WHERE id >= ?1 AND id < ?2");
        _state = database.Prepare("INSERT OR REPLACE INTO states VALUES(?1, ?2)");
        _dropState = database.Prepare("DELETE FROM states WHERE name = ?1");
        _stream = database.Prepare("INSERT INTO streams VALUES(?1, ?2)");
    }

    public void Commit(IReadOnlyList<SignalWork> group)
    {
        var fresh = new Dictionary<string, int>();
        _begin.Run();
        try
        {
            foreach (var work in group) Write(work, fresh);
            _commit.Run();
        }
        catch
        {
            _database.Rollback();
            throw;
        }

        foreach (var (name, id) in fresh) _streams.Add(id, name);
    }

    private void Write(SignalWork work, Dictionary<string, int> fresh)
    {
        switch (work)
        {
            case CheckpointWork checkpoint:
                Write(checkpoint.Checkpoint);
                break;
            case DropWork drop:
                _drop.Bind(1, BlockId.Of(drop.Stream, 0)).Bind(2, BlockId.Of(drop.Stream, drop.Before)).Run();
                break;
            case StreamWork stream:
                stream.Id = IdFor(stream.Name, fresh);
                break;
            case ImportWork import:
                foreach (var (id, name) in import.Streams)
                {
                    _stream.Bind(1, id).Bind(2, name).Run();
                    fresh[name] = id;
                }

                break;
            default:
                throw new InvalidOperationException($"{work.GetType().Name} is no signal work.");
        }
    }

    private void Write(SignalCheckpoint checkpoint)
    {
        foreach (var block in checkpoint.Blocks) _block.Bind(1, BlockId.Of(block.Stream, block.Block)).Bind(2, block.Data.Span).Run();
        foreach (var (name, data) in checkpoint.States)
        {
            if (data is null) _dropState.Bind(1, name).Run();
            else _state.Bind(1, name).Bind(2, data).Run();
        }

        _position.Bind(1, checkpoint.LogPosition).Run();
    }

    private int IdFor(string name, Dictionary<string, int> fresh)
    {
        if (_streams.TryGet(name, out var id) || fresh.TryGetValue(name, out id)) return id;
        id = _streams.Newest + fresh.Count + 1;
        _stream.Bind(1, id).Bind(2, name).Run();
        return fresh[name] = id;
    }
}
