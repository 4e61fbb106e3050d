using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Nines.Kernel;

/// <summary>
/// An immutable map for the state of rooms with many entries. It is a tree with up to 32 branches a node (Bagwell, "Ideal Hash
/// Trees", 2001): where a balanced binary tree looks at sixteen objects to find one of fifty thousand, this one looks at four.
/// Its order follows from its keys alone, so that a replay lists what the original listed.
/// </summary>
/// <typeparam name="TKey">A text or a number.</typeparam>
/// <typeparam name="TValue">What is kept.</typeparam>
public sealed class LargeDictionary<TKey, TValue> : IReadOnlyDictionary<TKey, TValue> where TKey : notnull, IEquatable<TKey>
{
    private const int BitsALevel = 5;

    private readonly Node _root;

    private LargeDictionary(Node root, int count) => (_root, Count) = (root, count);

    /// <summary>Nothing.</summary>
    public static LargeDictionary<TKey, TValue> Empty { get; } = new(new(null, 0, []), 0);

    /// <inheritdoc />
    public int Count { get; }

    /// <inheritdoc />
    public IEnumerable<TKey> Keys => Entries().Select(e => e.Key);

    /// <inheritdoc />
    public IEnumerable<TValue> Values => Entries().Select(e => e.Value);

    /// <inheritdoc />
    public TValue this[TKey key] => Find(_root, key) is { } entry ? entry.Value : throw new KeyNotFoundException($"The map has no {key}.");

    /// <inheritdoc />
    public bool ContainsKey(TKey key) => Find(_root, key) is not null;

    /// <inheritdoc />
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = Find(_root, key);
        value = found is null ? default : found.Value;
        return found is not null;
    }

    /// <summary>This map with a key's value.</summary>
    public LargeDictionary<TKey, TValue> SetItem(TKey key, TValue value)
    {
        var change = ToBuilder();
        change[key] = value;
        return change.ToImmutable();
    }

    /// <summary>This map without a key.</summary>
    public LargeDictionary<TKey, TValue> Remove(TKey key)
    {
        var change = ToBuilder();
        return change.Remove(key) ? change.ToImmutable() : this;
    }

    /// <summary>Takes many changes at the price of few; what it was made of stays as it is.</summary>
    public Builder ToBuilder() => new(this);

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => Entries().Select(e => KeyValuePair.Create(e.Key, e.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<Entry> Entries()
    {
        var way = new Stack<(Node Node, int Next)>();
        var (node, next) = (_root, 0);
        while (true)
        {
            if (next == node.Slots.Length)
            {
                if (!way.TryPop(out var above)) yield break;
                (node, next) = above;
                continue;
            }

            var slot = node.Slots[next++];
            if (slot is Node below)
            {
                way.Push((node, next));
                (node, next) = (below, 0);
                continue;
            }

            for (var entry = (Entry?)slot; entry is not null; entry = entry.Twin) yield return entry;
        }
    }

    private static Entry? Find(Node node, TKey key)
    {
        for (var hash = Hash(key); ; hash >>= BitsALevel)
        {
            var bit = 1u << (int)(hash & 31);
            if ((node.Bits & bit) == 0) return null;
            var slot = node.Slots[BitOperations.PopCount(node.Bits & (bit - 1))];
            if (slot is Node below)
            {
                node = below;
                continue;
            }

            var entry = (Entry?)slot;
            while (entry is not null && !entry.Key.Equals(key)) entry = entry.Twin;
            return entry;
        }
    }

    /// <summary>The same in every process. A number's is one to one; keys are made by the house, or spread by a hash already.</summary>
    private static ulong Hash(TKey key)
    {
        if (key is ulong number) return Mixed(number);
        if (key is not string text) return Mixed((ulong)key.GetHashCode());
        var hash = (ulong)text.Length;
        // Four letters at a time.
        var fours = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var four in fours) hash = (BitOperations.RotateLeft(hash, 5) ^ four) * 0x9E3779B97F4A7C15;
        for (var i = fours.Length * 4; i < text.Length; i++) hash = (BitOperations.RotateLeft(hash, 5) ^ text[i]) * 0x9E3779B97F4A7C15;
        return Mixed(hash);
    }

    private static ulong Mixed(ulong number)
    {
        number = (number ^ (number >> 32)) * 0xD6E8FEB86659FD93;
        return number ^ (number >> 32);
    }

    /// <summary>Changes a map of its own; not for two threads.</summary>
    public sealed class Builder
    {
        private readonly LargeDictionary<TKey, TValue> _from;
        private object _owner = new();
        private Node _root;

        internal Builder(LargeDictionary<TKey, TValue> from) => (_from, _root, Count) = (from, from._root, from.Count);

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>A key's value.</summary>
        public TValue this[TKey key]
        {
            get => Find(_root, key) is { } entry ? entry.Value : throw new KeyNotFoundException($"The map has no {key}.");
            set => _root = Set(_root, Hash(key), 0, key, value);
        }

        /// <summary>A key's value, or false.</summary>
        public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
        {
            var found = Find(_root, key);
            value = found is null ? default : found.Value;
            return found is not null;
        }

        /// <summary>A key's value, or none.</summary>
        public TValue? GetValueOrDefault(TKey key) => Find(_root, key) is { } entry ? entry.Value : default;

        /// <summary>Takes a key out; false where it was not in.</summary>
        public bool Remove(TKey key)
        {
            var before = Count;
            _root = Without(_root, Hash(key), key) ?? Empty._root;
            return Count < before;
        }

        /// <summary>What came of it; changes after this do not touch it.</summary>
        public LargeDictionary<TKey, TValue> ToImmutable()
        {
            if (ReferenceEquals(_root, _from._root)) return _from;
            _owner = new();
            return new(_root, Count);
        }

        private Node Set(Node node, ulong hash, int level, TKey key, TValue value)
        {
            var bit = 1u << (int)((hash >> level) & 31);
            var at = BitOperations.PopCount(node.Bits & (bit - 1));
            if ((node.Bits & bit) == 0)
            {
                Count++;
                return Insert(node, bit, at, new(key, value, null));
            }

            object next = node.Slots[at] switch
            {
                Node below => Set(below, hash, level + BitsALevel, key, value),
                var slot => Put((Entry)slot, hash, level + BitsALevel, key, value),
            };
            if (ReferenceEquals(next, node.Slots[at])) return node;
            var own = Own(node);
            own.Slots[at] = next;
            return own;
        }

        /// <summary>A key where another one stands: in its place, beside it one level below, or, where all of their bits are the same, as its twin.</summary>
        private object Put(Entry there, ulong hash, int level, TKey key, TValue value)
        {
            if (there.Twin is null && there.Key.Equals(key)) return new Entry(key, value, null);
            var other = Hash(there.Key);
            if (other != hash)
            {
                var node = new Node(_owner, 1u << (int)((other >> level) & 31), [there]);
                return Set(node, hash, level, key, value);
            }

            var (twins, known) = Twins(there, key);
            if (!known) Count++;
            return new Entry(key, value, twins);
        }

        private Node? Without(Node node, ulong hash, TKey key)
        {
            var bit = 1u << (int)(hash & 31);
            if ((node.Bits & bit) == 0) return node;
            var at = BitOperations.PopCount(node.Bits & (bit - 1));
            object? next;
            if (node.Slots[at] is Node below) next = Without(below, hash >> BitsALevel, key);
            else
            {
                (next, var known) = Twins((Entry)node.Slots[at], key);
                if (!known) return node;
                Count--;
            }

            if (ReferenceEquals(next, node.Slots[at])) return node;
            // A branch with one entry is that entry: what is gone leaves no chain of branches behind.
            if (next is Node { Slots: [Entry alone] }) next = alone;
            if (next is null) return node.Slots.Length == 1 ? null : new(_owner, node.Bits & ~bit, [.. node.Slots.AsSpan(0, at), .. node.Slots.AsSpan(at + 1)]);
            var own = Own(node);
            own.Slots[at] = next;
            return own;
        }

        /// <summary>The entries of a chain but for one key.</summary>
        private static (Entry? Others, bool Known) Twins(Entry? chain, TKey key)
        {
            Entry? rest = null;
            var known = false;
            for (; chain is not null; chain = chain.Twin)
                if (chain.Key.Equals(key)) known = true;
                else rest = new(chain.Key, chain.Value, rest);
            return (rest, known);
        }

        private Node Insert(Node node, uint bit, int at, Entry entry)
        {
            var slots = new object[node.Slots.Length + 1];
            Array.Copy(node.Slots, slots, at);
            slots[at] = entry;
            Array.Copy(node.Slots, at, slots, at + 1, node.Slots.Length - at);
            if (!ReferenceEquals(node.Owner, _owner)) return new(_owner, node.Bits | bit, slots);
            (node.Bits, node.Slots) = (node.Bits | bit, slots);
            return node;
        }

        private Node Own(Node node) => ReferenceEquals(node.Owner, _owner) ? node : new(_owner, node.Bits, [.. node.Slots]);
    }

    /// <summary>A branch: for each of its bits a slot, with an entry or a branch below. Only the builder that made it changes it.</summary>
    internal sealed class Node(object? owner, uint bits, object[] slots)
    {
        public object? Owner { get; } = owner;

        public uint Bits { get; set; } = bits;

        public object[] Slots { get; set; } = slots;
    }

    internal sealed class Entry(TKey key, TValue value, Entry? twin)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public Entry? Twin { get; } = twin;
    }
}

/// <summary>Makes large maps.</summary>
public static class LargeDictionary
{
    /// <summary>A map of values by their keys.</summary>
    public static LargeDictionary<TKey, TValue> Of<TKey, TValue>(IEnumerable<TValue> values, Func<TValue, TKey> key) where TKey : notnull, IEquatable<TKey> =>
        Of(values, key, v => v);

    /// <summary>A map of what is made of each.</summary>
    public static LargeDictionary<TKey, TValue> Of<T, TKey, TValue>(IEnumerable<T> all, Func<T, TKey> key, Func<T, TValue> value) where TKey : notnull, IEquatable<TKey>
    {
        var map = LargeDictionary<TKey, TValue>.Empty.ToBuilder();
        foreach (var one in all) map[key(one)] = value(one);
        return map.ToImmutable();
    }
}
