using LuceneLsr.Evaluation.Drift;
using LuceneLsr.VectorFiles.Precisions;

namespace LuceneLsr.Tools.Search.Options;

/// <summary>How the engines of the export formats store weights.</summary>
internal static class EngineFormats
{
    /// <summary>The encoder's weights without rounding.</summary>
    public static StoredVectors Weights { get; } = Create("none: the encoder's weights", StoredPrecision.Unrounded);

    /// <summary>Creates the integer impacts of LuceneLsr, Anserini and Pyserini.</summary>
    public static StoredVectors CreateImpacts(ImpactScale scale) => Create(
        $"impacts, {scale.Factor:G5} per unit (LuceneLsr, Anserini, Pyserini)", new ImpactPrecision(scale));

    /// <summary>Creates the formats of other engines.</summary>
    /// <param name="fitted">The largest weights, as ceilings.</param>
    public static IEnumerable<StoredVectors> CreateOthers(QuantizationCeilings fitted) =>
    [
        Create(
            "9 bits (sparse_vector of Elasticsearch, rank_features of both)", new FeatureFieldPrecision()),
        CreateBytes(fitted, "fitted "),
        CreateBytes(QuantizationCeilings.Default, ""),
    ];

    private static StoredVectors CreateBytes(QuantizationCeilings ceilings, string kind) => Create(
        $"bytes, {kind}ceilings {ceilings.Documents:G4} and {ceilings.Queries:G4} (sparse_vector of OpenSearch)",
        new BytePrecision(ceilings));

    private static StoredVectors Create(string name, StoredPrecision precision) =>
        new(name, precision.Store, precision.ScoreUnit);
}
