using System.Text.Json;

namespace LuceneLsr.Tools.Catalog.Products;

/// <summary>Reads files in JSON Lines format: the products and the queries that come with the program.</summary>
internal static class ProductFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Gets the products that come with the program.</summary>
    public static string BuiltIn => GetPath("products.jsonl");

    /// <summary>Gets the queries that come with the program.</summary>
    public static string BuiltInQueries => GetPath("queries.jsonl");

    /// <exception cref="InvalidDataException">A line is not a product.</exception>
    public static IEnumerable<Product> Read(string path) => Read<Product>(path, "product");

    /// <exception cref="InvalidDataException">A line is not a query.</exception>
    public static IEnumerable<SampleQuery> ReadQueries(string path) => Read<SampleQuery>(path, "query");

    private static string GetPath(string file) => Path.Combine(AppContext.BaseDirectory, "Products", file);

    private static IEnumerable<T> Read<T>(string path, string name) => File.ReadLines(path).Index().Select(line =>
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line.Item, Options)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path}, line {line.Index + 1} is not a {name}: {exception.Message}", exception);
        }
    });
}
