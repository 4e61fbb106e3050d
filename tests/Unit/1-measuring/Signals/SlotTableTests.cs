using FsCheck.Fluent;
using Nines.Measuring.Signals;
using Xunit;

namespace Nines.Tests.Unit.Measuring.Signals;

public sealed class SlotTableTests
{
    [Fact]
    public void AddRemoveNext_AnyOrder_FindsWhatASetFinds() => Prop.ForAll<int>(seed =>
    {
        var random = new System.Random(seed);
        // Few different hashes, so that there are collisions and runs.
        var hashes = Enumerable.Range(0, 2000).Select(_ => (ulong)random.Next(300) << 32).ToArray();
        var (table, set) = (new SlotTable(), new HashSet<int>());
        for (var step = 0; step < 3000; step++)
        {
            var id = random.Next(hashes.Length);
            if (set.Add(id)) table.Add(hashes[id], id);
            else if (random.Next(2) == 0)
            {
                set.Remove(id);
                table.Remove(hashes[id], id);
            }
        }
        return table.Count == set.Count && Enumerable.Range(0, hashes.Length).All(id => Finds(table, hashes[id], id) == set.Contains(id));
    }).Hold();

    private static bool Finds(SlotTable table, ulong hash, int id)
    {
        for (var place = table.Next(hash, -1, out var found); place >= 0; place = table.Next(hash, place, out found))
            if (found == id)
                return true;
        return false;
    }
}
