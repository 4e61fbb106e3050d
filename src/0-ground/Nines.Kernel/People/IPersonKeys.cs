namespace Nines.Kernel;

/// <summary>
/// The key of each person, kept outside the journal: what events say about a person is encrypted with it, so that
/// erasing a person is deleting a key.
/// </summary>
public interface IPersonKeys
{
    /// <summary>The person's key (32 bytes), made at first need and durable before it is returned.</summary>
    ValueTask<byte[]> GetOrCreateAsync(string person, CancellationToken stop);

    /// <summary>The person's key, or null when there is none or it was erased.</summary>
    byte[]? Find(string person);

    /// <summary>
    /// Keeps another secret beside the keys, such as a password's hash: durable before it is answered, written once under
    /// a name of its own (a new secret takes a new name), read by <see cref="Find"/>, deleted by <see cref="EraseAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Something else is kept under that name: a bug.</exception>
    ValueTask KeepAsync(string name, byte[] secret, CancellationToken stop);

    /// <summary>Deletes the key for ever.</summary>
    ValueTask EraseAsync(string person, CancellationToken stop);
}
