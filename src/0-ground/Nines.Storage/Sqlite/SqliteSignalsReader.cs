namespace Nines.Storage;

/// <summary>One reading connection on the signals with its prepared statements.</summary>
internal sealed class SqliteSignalsReader : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _position;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _stateNames;
    private readonly SqliteStatement _block;
    private readonly SqliteStatement _blockNumbers;

    public SqliteSignalsReader(string file)
    {
        _database = SqliteDatabase.OpenReader(file);
        _position = _database.Prepare("SELECT position FROM checkpoint");
        _state = _database.Prepare("SELECT data FROM states WHERE name = ?1");
        _stateNames = _database.Prepare("SELECT name FROM states WHERE name >= ?1 ORDER BY name");
        _block = _database.Prepare("SELECT data FROM blocks WHERE id = ?1");
        _blockNumbers = _database.Prepare("SELECT id FROM blocks WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    }

    public long CheckpointPosition()
    {
        var position = _position.Step() ? _position.Long(0) : 0;
        _position.Reset();
        return position;
    }

    public byte[]? State(string name) => Bytes(_state.Bind(1, name));

    public byte[]? Block(int stream, int block) => Bytes(_block.Bind(1, BlockId.Of(stream, block)));

    public IReadOnlyList<string> StateNames(string prefix)
    {
        var names = new List<string>();
        _stateNames.Bind(1, prefix);
        while (_stateNames.Step() && _stateNames.Text(0)!.StartsWith(prefix, StringComparison.Ordinal)) names.Add(_stateNames.Text(0)!);
        _stateNames.Reset();
        return names;
    }

    public IReadOnlyList<int> BlockNumbers(int stream)
    {
        var numbers = new List<int>();
        _blockNumbers.Bind(1, BlockId.Of(stream, 0)).Bind(2, BlockId.Of(stream, int.MaxValue));
        while (_blockNumbers.Step()) numbers.Add(BlockId.BlockOf(_blockNumbers.Long(0)));
        return numbers;
    }

    private static byte[]? Bytes(SqliteStatement row)
    {
        var found = row.Step() ? row.Blob(0).ToArray() : null;
        row.Reset();
        return found;
    }

    public void Dispose() => _database.Dispose();
}
