using System.Collections.Concurrent;
using System.Security.Cryptography;
using Nines.Kernel;

namespace Nines.Storage;

/// <summary>People's keys in memory.</summary>
public sealed class MemoryPersonKeys : IPersonKeys
{
    private readonly ConcurrentDictionary<string, byte[]> _keys = [];

    /// <inheritdoc />
    public ValueTask<byte[]> GetOrCreateAsync(string person, CancellationToken stop) =>
        new(_keys.GetOrAdd(person, _ => RandomNumberGenerator.GetBytes(32)));

    /// <inheritdoc />
    public ValueTask KeepAsync(string name, byte[] secret, CancellationToken stop) => _keys.TryAdd(name, secret)
        ? ValueTask.CompletedTask
        : throw new ArgumentException($"Something is kept as {name} already.", nameof(name));

    /// <inheritdoc />
    public byte[]? Find(string person) => _keys.GetValueOrDefault(person);

    /// <inheritdoc />
    public ValueTask EraseAsync(string person, CancellationToken stop)
    {
        _keys.TryRemove(person, out _);
        return ValueTask.CompletedTask;
    }
}
