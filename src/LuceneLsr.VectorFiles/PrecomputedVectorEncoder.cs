using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// Returns precomputed vectors from files of another program. A text is looked up as the contents of a record in the
/// file of its side, then as an id. All vectors are kept in memory.
/// </summary>
public sealed class PrecomputedVectorEncoder : ISparseEncoder
{
    private const int MaxQuoteLength = 80;

    private readonly PerSide<Dictionary<string, SparseVector>?> _vectors;

    /// <summary>Loads the vectors.</summary>
    /// <param name="documents">
    /// The file of document vectors in the format of <see cref="AnseriniVectors"/>, plain or gzip-compressed, or null
    /// for none.
    /// </param>
    /// <param name="queries">The file of query vectors in the same format, or null for none.</param>
    /// <param name="vocabularyId">
    /// The id of the term space of the encoder that computed the vectors. An index with another id is rejected.
    /// </param>
    /// <exception cref="InvalidDataException">A line is not a valid record, or a file has a duplicate id.</exception>
    public PrecomputedVectorEncoder(string? documents, string? queries, string vocabularyId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(vocabularyId);
        VocabularyId = vocabularyId;
        var documentVectors = documents is null ? null : Load(documents);
        _vectors = new(queries is null ? null : Load(queries), documentVectors);
    }

    /// <inheritdoc/>
    public string VocabularyId { get; }

    /// <summary>
    /// Returns whether all weights of a side are integers. Such weights are impacts, which
    /// <see cref="ImpactScale.Identity"/> preserves. Returns false for a side without a file.
    /// </summary>
    public bool HasImpacts(TextSide side) => _vectors[side]?.Values.All(
        vector => vector.Entries.All(entry => float.IsInteger(entry.Weight))) ?? false;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">This side has no file.</exception>
    /// <exception cref="KeyNotFoundException">
    /// A text is neither the contents nor the id of a record of this side.
    /// </exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. texts.Select(text => string.IsNullOrWhiteSpace(text) ? SparseVector.Empty : Find(text, side))];
    }

    /// <summary>Does nothing. The encoder holds no resources.</summary>
    public void Dispose()
    {
    }

    private SparseVector Find(string text, TextSide side)
    {
        var vectors = _vectors[side] ?? throw new InvalidOperationException(
            $"No precomputed vectors for the {side} side. Pass a file to the constructor.");
        return vectors.TryGetValue(text, out var vector) ? vector : throw new KeyNotFoundException(
            $"No precomputed vector on the {side} side for '{Shorten(text)}'. It is neither the contents nor the id of "
            + "a record. Encode it with the program that wrote the file, and add it there.");
    }

    private static string Shorten(string text) =>
        text.Length <= MaxQuoteLength ? text : $"{text.AsSpan(0, MaxQuoteLength)}...";

    private static Dictionary<string, SparseVector> Load(string path)
    {
        var byContents = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        var byId = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        foreach (var (line, record) in AnseriniVectors.ReadNumberedFile(path))
        {
            // A collection may repeat a text. The first record wins.
            byContents.TryAdd(record.Contents, record.Vector);
            if (!byId.TryAdd(record.Id, record.Vector))
            {
                throw line.CreateError($"duplicate id '{record.Id}'. Ids must be unique.");
            }
        }

        foreach (var (id, vector) in byId)
        {
            byContents.TryAdd(id, vector);
        }

        return byContents;
    }
}
