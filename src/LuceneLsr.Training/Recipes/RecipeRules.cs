using LuceneLsr.Files;

namespace LuceneLsr.Training.Recipes;

/// <summary>Checks the settings of recipes.</summary>
internal static class RecipeRules
{
    /// <summary>Requires a number that is finite and positive in F32, the precision of training.</summary>
    public static void RequirePositive(double value, string field) =>
        Require.Data((float)value is > 0 and < float.PositiveInfinity, $"{field} must be finite and positive");

    /// <summary>Requires a number that is finite and not negative in F32, the precision of training.</summary>
    public static void RequireNotNegative(double value, string field) =>
        Require.Data((float)value is >= 0 and < float.PositiveInfinity, $"{field} must be finite and not negative");

    /// <summary>Requires a positive integer.</summary>
    public static void RequirePositive(int value, string field) => Require.Data(value > 0, $"{field} must be positive");

    /// <summary>Requires an integer that is not negative.</summary>
    public static void RequireNotNegative(int value, string field) =>
        Require.Data(value >= 0, $"{field} must not be negative");

    /// <summary>Requires a list of names without blank ones.</summary>
    public static void RequireNames(IReadOnlyList<string> names, string field)
    {
        Require.Data(names.Count > 0, $"{field} must not be empty");
        foreach (var (index, name) in names.Index())
        {
            Require.Data(!string.IsNullOrWhiteSpace(name), $"{field}[{index}] must not be blank");
        }
    }

    /// <summary>Requires a list without nulls.</summary>
    /// <returns>The items with their fields, such as "losses[1]".</returns>
    public static IReadOnlyList<(string Field, T Item)> RequireItems<T>(IReadOnlyList<T> items, string field)
    {
        (string Field, T Item)[] fields = [.. items.Select((item, index) => ($"{field}[{index}]", item))];
        foreach (var (name, item) in fields)
        {
            Require.Data(item is not null, $"{name} must not be null");
        }

        return fields;
    }
}
