using System.Text.Json;

namespace LuceneLsr.Tools.Catalog.Products;

/// <summary>Reads products from a file in JSON Lines format.</summary>
internal static class ProductFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Gets the products that come with the program.</summary>
    public static string BuiltIn => Path.Combine(AppContext.BaseDirectory, "Products", "products.jsonl");

    /// <exception cref="InvalidDataException">A line is not a product.</exception>
    public static IEnumerable<Product> Read(string path) => File.ReadLines(path).Index().Select(line =>
    {
        try
        {
            return JsonSerializer.Deserialize<Product>(line.Item, Options)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path}, line {line.Index + 1} is not a product: {exception.Message}", exception);
        }
    });
}
