using Nines.Kernel;

namespace Nines.Tests.House.Walls;

/// <summary>
/// The house is made of its reactions and folds: one that asks for the house, itself or through what it holds, waits for
/// itself, and the server never starts.
/// </summary>
internal static class ReactionsHoldNoHouse
{
    public static IEnumerable<Violation> Check(IEnumerable<Type> makers)
    {
        foreach (var type in makers)
            if (Way(type, []) is { } way) yield return new(type.Name, $"It holds the house: {string.Join(" > ", way)}.", "Take what it decides into a class without the house, and let the desk use that, too.");
    }

    private static IReadOnlyList<string>? Way(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type)) return null;
        foreach (var constructor in type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            foreach (var parameter in constructor.GetParameters().Select(p => p.ParameterType))
            {
                if (parameter == typeof(IHouse)) return [type.Name, nameof(IHouse)];
                if (parameter is { IsClass: true, Namespace: { } name } && name.StartsWith("Nines.", StringComparison.Ordinal) && Way(parameter, seen) is { } further) return [type.Name, .. further];
            }

        return null;
    }
}

public class ReactionsHoldNoHouseTests
{
    private sealed class Desk(IHouse house)
    {
        public IHouse House => house;
    }

    private sealed class OnNews(Desk desk)
    {
        public Desk Desk => desk;
    }

    [Fact]
    public void Reactions_OfTheProduct_HoldNoHouse() => Hold.Holds(ReactionsHoldNoHouse.Check(Product.Types.Where(t => !t.IsAbstract && (t.IsSubclassOf(typeof(Reaction)) || t.IsSubclassOf(typeof(Fold))))));

    [Fact]
    public void Check_PlantedReactionThatHoldsADesk_IsFound() => Hold.Finds(
        "OnNews: It holds the house: OnNews > Desk > IHouse. Take what it decides into a class without the house, and let the desk use that, too.",
        ReactionsHoldNoHouse.Check([typeof(OnNews)]));
}
