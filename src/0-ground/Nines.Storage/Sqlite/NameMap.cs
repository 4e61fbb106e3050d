using Nines.Kernel;

namespace Nines.Storage;

/// <summary>
/// Names of streams (or of event types) and their integer ids, both ways, in memory. Names are added after the commit
/// that made them durable; readers and the writer share it.
/// </summary>
internal sealed class NameMap<TName> where TName : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TName, int> _ids = [];
    private readonly Dictionary<int, TName> _names = [];
    private int _newest;

    /// <summary>The highest id in use; 0 while there is none.</summary>
    public int Newest
    {
        get
        {
            lock (_gate) return _newest;
        }
    }

    /// <summary>All of them, by id.</summary>
    public IReadOnlyList<(int Id, TName Name)> All
    {
        get
        {
            lock (_gate) return [.. _names.OrderBy(n => n.Key).Select(n => (n.Key, n.Value))];
        }
    }

    public bool TryGet(TName name, out int id)
    {
        lock (_gate) return _ids.TryGetValue(name, out id);
    }

    public bool TryName(int id, out TName name)
    {
        lock (_gate) return _names.TryGetValue(id, out name!);
    }

    public TName Name(int id) => TryName(id, out var name)
        ? name
        : throw new StorageException($"The journal names {typeof(TName).Name} {id}, which its table lacks: it is damaged. Put back the newest backup with \"nines restore\".");

    public void Add(int id, TName name)
    {
        lock (_gate)
        {
            _names[id] = name;
            _ids[name] = id;
            _newest = Math.Max(_newest, id);
        }
    }
}
