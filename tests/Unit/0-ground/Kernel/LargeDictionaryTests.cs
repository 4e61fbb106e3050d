using FsCheck;
using FsCheck.Fluent;
using Nines.Kernel;
using Xunit;

namespace Nines.Tests.Unit.Ground;

/// <summary>A large map is a dictionary that nobody can change under a reader.</summary>
public class LargeDictionaryTests
{
    /// <summary>Two of these share all bits of their hash where the other sets do not: keys that stand at the same place to the last level.</summary>
    private sealed record Crowded(int Number)
    {
        public override int GetHashCode() => Number / 3;
    }

    private static readonly Arbitrary<(int Key, bool Removed)[]> Changes =
        (from key in Gen.Choose(0, 300) from removed in Gen.Frequency((3, Gen.Constant(false)), (2, Gen.Constant(true))) select (key, removed)).ArrayOf().ToArbitrary();

    private static bool Same<TKey>((int Key, bool Removed)[] changes, Func<int, TKey> keyOf) where TKey : notnull, IEquatable<TKey>
    {
        var truth = new Dictionary<TKey, int>();
        var map = LargeDictionary<TKey, int>.Empty;
        var builder = map.ToBuilder();
        var seen = new List<(LargeDictionary<TKey, int> Map, Dictionary<TKey, int> Truth)>();
        for (var i = 0; i < changes.Length; i++)
        {
            var key = keyOf(changes[i].Key);
            if (changes[i].Removed) (map, _, _) = (map.Remove(key), builder.Remove(key), truth.Remove(key));
            else (map, builder[key], truth[key]) = (map.SetItem(key, i), i, i);
            if (i % 7 == 0) seen.AddRange([(map, new(truth)), (builder.ToImmutable(), new(truth))]);
        }

        seen.AddRange([(map, truth), (builder.ToImmutable(), truth)]);
        return seen.TrueForAll(s => s.Map.Count == s.Truth.Count && s.Map.OrderBy(e => e.Value).SequenceEqual(s.Truth.OrderBy(e => e.Value)))
            && Enumerable.Range(0, 301).All(k => map.TryGetValue(keyOf(k), out var value) == truth.TryGetValue(keyOf(k), out var true1) && value == true1);
    }

    [Fact]
    public void Changes_OfTexts_AreThoseOfADictionaryAndTouchNoEarlierMap() => Prop.ForAll(Changes, changes => Same(changes, k => $"01jd{k}")).Hold(200);

    [Fact]
    public void Changes_OfNumbers_AreThoseOfADictionaryAndTouchNoEarlierMap() => Prop.ForAll(Changes, changes => Same(changes, k => (ulong)k << 40)).Hold(200);

    [Fact]
    public void Changes_OfKeysWithOneHash_AreThoseOfADictionary() => Prop.ForAll(Changes, changes => Same(changes, k => new Crowded(k))).Hold(200);

    [Fact]
    public void Enumeration_OfTheSameKeys_HasTheSameOrderWhateverCameFirst()
    {
        string[] keys = [.. Enumerable.Range(0, 5000).Select(i => $"key-{i}")];
        var one = LargeDictionary.Of(keys, k => k);
        var other = LargeDictionary.Of(keys.Reverse(), k => k);
        Assert.Equal(one.Keys, other.Keys);
        foreach (var gone in keys[..4990]) other = other.Remove(gone);
        Assert.Equal(LargeDictionary.Of(keys[4990..], k => k).Keys, other.Keys);
    }

    [Fact]
    public void Find_WhatIsNotThere_SaysSo()
    {
        var map = LargeDictionary<string, int>.Empty.SetItem("a", 1);
        Assert.False(map.ContainsKey("b"));
        Assert.Same(map, map.Remove("b"));
        Assert.Equal("The map has no b.", Assert.Throws<KeyNotFoundException>(() => map["b"]).Message);
    }
}
