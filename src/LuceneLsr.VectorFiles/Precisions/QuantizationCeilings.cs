namespace LuceneLsr.VectorFiles.Precisions;

/// <summary>
/// The largest weights that a sparse_vector field of OpenSearch tells apart, <c>quantization_ceiling_ingest</c> and
/// <c>quantization_ceiling_search</c>. A ceiling below the largest weight clamps weights, one above it wastes precision.
/// </summary>
public sealed record QuantizationCeilings
{
    /// <summary>Creates ceilings.</summary>
    /// <param name="documents">The ceiling of documents.</param>
    /// <param name="queries">The ceiling of queries.</param>
    /// <exception cref="ArgumentOutOfRangeException">A ceiling is not finite or not greater than 0.</exception>
    public QuantizationCeilings(float documents, float queries)
    {
        Documents = Validate(documents, nameof(documents));
        Queries = Validate(queries, nameof(queries));
    }

    /// <summary>Gets OpenSearch's defaults, 3 for documents and 16 for queries.</summary>
    public static QuantizationCeilings Default { get; } = new(3, 16);

    /// <summary>
    /// Returns the largest weights of both sides, so that none is clamped. A side without weights has OpenSearch's
    /// default.
    /// </summary>
    /// <param name="documents">The vectors of the documents.</param>
    /// <param name="queries">The vectors of the queries.</param>
    public static QuantizationCeilings Fit(IEnumerable<SparseVector> documents, IEnumerable<SparseVector> queries)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(queries);
        return new(FindLargest(documents) ?? Default.Documents, FindLargest(queries) ?? Default.Queries);
    }

    /// <summary>Gets the ceiling of documents.</summary>
    public float Documents { get; }

    /// <summary>Gets the ceiling of queries.</summary>
    public float Queries { get; }

    /// <summary>Gets the ceiling of a side.</summary>
    public float this[TextSide side] => side == TextSide.Query ? Queries : Documents;

    private static float? FindLargest(IEnumerable<SparseVector> vectors) =>
        vectors.Max(vector => vector.Count > 0 ? vector.Entries[0].Weight : (float?)null); // heaviest first

    private static float Validate(float ceiling, string name) => float.IsFinite(ceiling) && ceiling > 0
        ? ceiling
        : throw new ArgumentOutOfRangeException(name, ceiling, "A ceiling must be finite and greater than 0.");
}
