using System.Text.Json;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Creates the points of a sweep, without duplicates, and always with the point without any dial.</summary>
public static class SweepGrid
{
    private const int MaxPoints = 10_000;

    private const string DefaultGrid =
        """
        [
          { "query-terms": [4, 8, 12, 16, 24, 32] },
          { "query-min-ratio": [0.1, 0.2, 0.3, 0.4] },
          { "query-min-mass": [0.6, 0.7, 0.8, 0.9] },
          { "document-terms": [32, 48, 64, 96] },
          { "document-min-ratio": [0.1, 0.2, 0.3] },
          { "document-min-mass": [0.7, 0.8, 0.9] },
          { "impact-bits": [3, 4, 5, 6, 8] },
          { "codec": ["impact", "compact"] },
          { "frequency-ratio": [2, 5], "light-ratio": [0.2, 0.4] },
          { "query-terms": [8, 16], "document-terms": [64, 96] },
          { "query-terms": [8, 16], "rescored": [50, 200] },
          { "feedback-documents": [3, 10], "feedback-weight": [0.3, 0.8] },
          { "bm25-weight": [0.03, 0.1, 0.3, 1] }
        ]
        """;

    private static readonly JsonSerializerOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Gets a grid to start from: each dial alone, and pairs that often pay off together.</summary>
    public static IReadOnlyList<SweepPoint> Default { get; } = Parse(DefaultGrid);

    /// <summary>Creates the union of cartesian products.</summary>
    /// <param name="products">For each product the values of its dials; other dials keep their default.</param>
    /// <exception cref="ArgumentException">
    /// A dial is unknown or has no value, a value is not valid, dials cannot be combined, or there are too many points.
    /// </exception>
    public static IReadOnlyList<SweepPoint> Create(
        IEnumerable<IReadOnlyDictionary<string, IReadOnlyList<string>>> products)
    {
        ArgumentNullException.ThrowIfNull(products);
        return Join(products.Select(Multiply));
    }

    /// <summary>
    /// Reads a grid file: a JSON array of objects, each a cartesian product such as
    /// <c>{"query-terms": [8, 16], "document-terms": [64, "none"]}</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not such an array, or a product is not valid.</exception>
    public static IReadOnlyList<SweepPoint> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<SweepPoint> Parse(string json)
    {
        var products = JsonSerializer.Deserialize<List<Dictionary<string, List<JsonElement>?>?>>(json, Options) ?? [];
        return products.Count > 0
            ? Create(products.Select(product => (product ?? []).ToDictionary(
                dial => dial.Key, dial => (IReadOnlyList<string>)(dial.Value ?? []).ConvertAll(Format))))
            : throw new ArgumentException("The grid is empty. Add an object such as {\"query-terms\": [8, 16]}.");
    }

    private static string Format(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number
        ? value.ToString()
        : throw new ArgumentException($"{value.GetRawText()} is not a number or a string.");

    private static IReadOnlyList<SweepPoint> Join(IEnumerable<IEnumerable<SweepPoint>> products)
    {
        var points = products.SelectMany(points => points).Prepend(new SweepPoint())
            .DistinctBy(point => point.Name).Take(MaxPoints + 1).ToList();
        return points.Count <= MaxPoints
            ? points.ConvertAll(point => point.Validate())
            : throw new ArgumentException($"The grid has more than {MaxPoints} points. Leave out values.");
    }

    private static IEnumerable<SweepPoint> Multiply(IReadOnlyDictionary<string, IReadOnlyList<string>> product)
    {
        foreach (var (name, values) in product)
        {
            if (values.Count == 0)
            {
                throw new ArgumentException($"{Dial.Find(name).Name} has no value. Give at least one, or leave it out.");
            }
        }

        return product.Aggregate(
            Enumerable.Repeat(new SweepPoint(), 1),
            (points, dial) => points.SelectMany(point => dial.Value.Select(
                value => Dial.Find(dial.Key).Set(point, value))));
    }
}
