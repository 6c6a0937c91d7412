using System.Globalization;
using System.Numerics;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>A named setting of a <see cref="SweepPoint"/>, which a grid varies.</summary>
public sealed class Dial
{
    /// <summary>The value of any dial that leaves it as it is by default.</summary>
    public const string None = "none";

    private readonly Func<SweepPoint, string, SweepPoint?> _trySet;
    private readonly Func<SweepPoint, string> _format;
    private readonly string _default;
    private readonly string _range;

    private Dial(
        string name, string description, string range, Func<SweepPoint, string, SweepPoint?> trySet,
        Func<SweepPoint, string> format)
    {
        (Name, Description, _range, _trySet, _format) = (name, description, range, trySet, format);
        _default = format(new());
    }

    /// <summary>Gets all dials.</summary>
    public static IReadOnlyList<Dial> All { get; } =
    [
        new(
            "model-precision", "Precision of the model, on TorchSharp.", "a name",
            (point, value) => value.Length > 0 ? point with { ModelPrecision = value.ToLowerInvariant() } : null,
            point => point.ModelPrecision ?? ""),
        Create<QueryEncoding>(
            "query-encoder", "Source of query weights: model, table or idf.",
            point => point.QueryEncoding, (point, value) => point with { QueryEncoding = value }),
        Create(
            "impact-bits", "Bits of a document's impacts.", "from 1 to 16", 1, 16,
            point => point.ImpactBits, (point, value) => point with { ImpactBits = value }),
        Create(
            "impact-factor", "Impact units per unit of document weight.", "above 0", float.Epsilon, float.MaxValue,
            point => point.ImpactFactor, (point, value) => point with { ImpactFactor = value }),
        Create<PostingCodec>(
            "codec", "Codec of the index: default, impact or compact.",
            point => point.Codec, (point, value) => point with { Codec = value }),
        .. CreatePruning(
            "document", point => point.DocumentPruning, (point, pruning) => point with { DocumentPruning = pruning }),
        .. CreatePruning(
            "query", point => point.QueryPruning, (point, pruning) => point with { QueryPruning = pruning }),
        Create(
            "frequency-ratio", "Drop light query terms that are this many times as frequent as the average term.",
            "at least 1", 1, float.MaxValue,
            point => point.FrequencyRatio, (point, value) => point with { FrequencyRatio = value }),
        Create<float>(
            "light-ratio", "Ratio to the heaviest query term up to which a frequent term is dropped.", "from 0 to 1",
            0, 1, point => point.LightRatio, (point, value) => point with { LightRatio = value }),
        Create<int>(
            "rescored", "Number of first hits that the whole query scores again.", "at least 0", 0, int.MaxValue,
            point => point.Rescored, (point, value) => point with { Rescored = value }),
        Create<float>(
            "bm25-weight", "Weight of BM25 next to 1 for LSR.", "at least 0", 0, float.MaxValue,
            point => point.Bm25Weight, (point, value) => point with { Bm25Weight = value }),
        Create<int>(
            "feedback-documents", "Number of first hits for feedback.", "at least 0", 0, int.MaxValue,
            point => point.FeedbackDocuments, (point, value) => point with { FeedbackDocuments = value }),
        Create<int>(
            "feedback-terms", "Maximum number of terms that feedback adds.", "at least 0", 0, int.MaxValue,
            point => point.FeedbackTerms, (point, value) => point with { FeedbackTerms = value }),
        Create<float>(
            "feedback-weight", "Weight of the feedback documents next to 1 for the query.", "at least 0",
            0, float.MaxValue,
            point => point.FeedbackWeight, (point, value) => point with { FeedbackWeight = value }),
    ];

    /// <summary>Gets the name, such as "query-terms".</summary>
    public string Name { get; }

    /// <summary>Gets a sentence about it.</summary>
    public string Description { get; }

    /// <summary>Finds a dial by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Dial Find(string name) => All.FirstOrDefault(dial => dial.Name == name) ?? throw new ArgumentException(
        $"There is no dial '{name}'. The dials are {string.Join(", ", All.Select(dial => dial.Name))}.");

    /// <summary>Returns a point with another value of the dial.</summary>
    /// <param name="point">The point.</param>
    /// <param name="value">The value, or <see cref="None"/>.</param>
    /// <exception cref="ArgumentException">The value is not valid.</exception>
    public SweepPoint Set(SweepPoint point, string value)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(value);
        var trimmed = value.Trim();
        return trimmed == None ? point : _trySet(point, trimmed) ?? throw new ArgumentException(
            $"{Name} must be {_range} or {None}, not '{trimmed}'.");
    }

    /// <summary>Gets the value of the dial, or null if it is the default.</summary>
    public string? GetValue(SweepPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var value = _format(point);
        return value == _default ? null : value;
    }

    private static Dial[] CreatePruning(
        string side, Func<SweepPoint, VectorPruning> get, Func<SweepPoint, VectorPruning, SweepPoint> set) =>
    [
        Create<int>(
            $"{side}-terms", $"Maximum number of terms per {side}.", "at least 1", 1, int.MaxValue,
            point => get(point).MaxTerms, (point, value) => set(point, get(point) with { MaxTerms = value })),
        Create<float>(
            $"{side}-min-weight", $"Minimum weight of a {side} term.", "at least 0", 0, float.MaxValue,
            point => get(point).MinWeight, (point, value) => set(point, get(point) with { MinWeight = value })),
        Create<float>(
            $"{side}-min-ratio", $"Minimum ratio of a {side} term's weight to the largest.", "from 0 to 1", 0, 1,
            point => get(point).MinRatio, (point, value) => set(point, get(point) with { MinRatio = value })),
        Create<float>(
            $"{side}-min-mass", $"Share of a {side}'s total weight to keep.", "above 0 and up to 1", float.Epsilon, 1,
            point => get(point).MinMass, (point, value) => set(point, get(point) with { MinMass = value })),
    ];

    private static Dial Create<T>(
        string name, string description, string range, T min, T max, Func<SweepPoint, T?> get,
        Func<SweepPoint, T, SweepPoint> set)
        where T : struct, INumber<T> =>
        new(
            name, description, range,
            (point, value) => T.TryParse(value, CultureInfo.InvariantCulture, out var number)
                && number >= min && number <= max // false for NaN
                    ? set(point, number)
                    : null,
            point => get(point)?.ToString(null, CultureInfo.InvariantCulture) ?? "");

    private static Dial Create<T>(
        string name, string description, Func<SweepPoint, T> get, Func<SweepPoint, T, SweepPoint> set)
        where T : struct, Enum =>
        new(
            name, description, $"one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}",
            (point, value) => Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase)
                ? set(point, Enum.Parse<T>(value, ignoreCase: true))
                : null,
            point => get(point).ToString().ToLowerInvariant());
}
