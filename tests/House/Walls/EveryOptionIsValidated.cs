using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Nines.Tests.House.Walls;

/// <summary>Every class of settings has a validator, so that a server with bad settings says all that is wrong and does not start.</summary>
internal static class EveryOptionIsValidated
{
    /// <param name="options">Classes named <c>*Options</c>.</param>
    /// <param name="services">What the rooms registered.</param>
    public static IEnumerable<Violation> Check(IEnumerable<Type> options, IServiceCollection services)
    {
        var validated = services.Select(s => s.ServiceType).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(t => t.GetGenericArguments()[0]).ToHashSet();
        return from type in options
               where !validated.Contains(type) && !ChecksItself(type)
               select new Violation(type.Name, "Nobody validates these settings.", "Register them with room.Options<TOptions, TValidator>().");
    }

    /// <summary>Options given in code (the host's) name everything that is wrong in <c>Check()</c>.</summary>
    private static bool ChecksItself(Type type) => type.GetMethod("Check", [])?.ReturnType == typeof(IReadOnlyList<Kernel.Problem>);
}

public class EveryOptionIsValidatedTests
{
    private sealed class PlantedOptions;

    private sealed class PlantedValidator : IValidateOptions<PlantedOptions>
    {
        public ValidateOptionsResult Validate(string? name, PlantedOptions options) => ValidateOptionsResult.Success;
    }

    [Fact]
    public void Options_OfEveryRoom_AreValidated()
    {
        var settings = Repository.Rooms.SelectMany(r => r.Files).Select(f => f.Name).Where(n => n.EndsWith("Options.cs", StringComparison.Ordinal)).Select(n => n[..^3]).ToHashSet();
        Hold.Holds(EveryOptionIsValidated.Check(
            Product.Types.Where(t => t is { IsClass: true, IsAbstract: false, IsNested: false } && (settings.Contains(t.Name) || t == typeof(Host.HostOptions))), Product.Services));
    }

    [Fact]
    public void Options_BoundToSettings_AreValidated() => Hold.Holds(EveryOptionIsValidated.Check(
        Product.Services.Select(s => s.ServiceType).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(t => t.GetGenericArguments()[0]).Where(Product.Types.Contains), Product.Services));

    [Fact]
    public void Check_PlantedOptionsWithoutValidator_AreFound() => Hold.Finds(
        "PlantedOptions: Nobody validates these settings. Register them with room.Options<TOptions, TValidator>().",
        EveryOptionIsValidated.Check([typeof(PlantedOptions)], new ServiceCollection()));

    [Fact]
    public void Check_OptionsWithValidator_Pass() => Assert.Empty(EveryOptionIsValidated.Check(
        [typeof(PlantedOptions)], new ServiceCollection().AddSingleton<IValidateOptions<PlantedOptions>, PlantedValidator>()));
}
