using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Nines.Kernel;

namespace Nines.Host.Simulation;

/// <summary>People's keys that follow from the person, so that a replay seals and opens alike.</summary>
internal sealed class SimKeys : IPersonKeys
{
    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    public ValueTask<byte[]> GetOrCreateAsync(string person, CancellationToken stop) => new(_keys.GetOrAdd(person, p => SHA256.HashData(Encoding.UTF8.GetBytes(p))));

    public ValueTask KeepAsync(string name, byte[] secret, CancellationToken stop) => _keys.TryAdd(name, secret)
        ? ValueTask.CompletedTask
        : throw new ArgumentException($"Something is kept as {name} already.", nameof(name));

    public byte[]? Find(string person) => _keys.GetValueOrDefault(person);

    public ValueTask EraseAsync(string person, CancellationToken stop)
    {
        _keys.TryRemove(person, out _);
        return ValueTask.CompletedTask;
    }
}
