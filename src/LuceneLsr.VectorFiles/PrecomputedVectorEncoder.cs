using LuceneLsr.Files;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// Returns precomputed vectors from files of another program. A text is looked up in the file of its side: as a text of
/// the collection, whose id has a record, then as the contents of a record, then as an id. All vectors are kept in
/// memory.
/// </summary>
public sealed class PrecomputedVectorEncoder : ISparseEncoder
{
    private const int MaxQuoteLength = 80;

    private readonly PerSide<VectorFile?> _files;

    /// <summary>Loads the vectors.</summary>
    /// <param name="documents">
    /// The file of document vectors, or null for none. It has the format of <see cref="AnseriniTopics"/> if its name
    /// ends in .tsv or .tsv.gz, and else that of <see cref="AnseriniVectors"/>.
    /// </param>
    /// <param name="queries">The file of query vectors, or null for none.</param>
    /// <param name="vocabularyId">
    /// The id of the term space of the encoder that computed the vectors. An index with another id is rejected.
    /// </param>
    /// <param name="texts">
    /// The texts of the collection by id, for each side or null. Records need no contents then, and each text that is
    /// not blank must have a vector; but topic files may leave out queries without terms, whose vectors are empty.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// A record is malformed, a file has a duplicate id, or a text of the collection has no vector.
    /// </exception>
    public PrecomputedVectorEncoder(
        string? documents, string? queries, string vocabularyId,
        PerSide<IReadOnlyDictionary<string, string>?>? texts = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(vocabularyId);
        VocabularyId = vocabularyId;
        var documentVectors = documents is null ? null : VectorFile.Load(documents, texts?.Document);
        _files = new(queries is null ? null : VectorFile.Load(queries, texts?.Query), documentVectors);
    }

    /// <inheritdoc/>
    public string VocabularyId { get; }

    /// <summary>
    /// Returns whether all weights of a side are integers. Such weights are impacts, which
    /// <see cref="ImpactScale.Identity"/> preserves. Returns false for a side without a file.
    /// </summary>
    public bool HasImpacts(TextSide side) => _files[side]?.HasImpacts ?? false;

    /// <summary>Counts the texts of the collection without a vector. Their vectors are empty.</summary>
    public int CountTextsWithoutVector(TextSide side) => _files[side]?.TextsWithoutVector ?? 0;

    /// <summary>Counts the vectors whose ids are not in the collection.</summary>
    public int CountVectorsWithoutText(TextSide side) => _files[side]?.VectorsWithoutText ?? 0;

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
        var file = _files[side] ?? throw new InvalidOperationException(
            $"No precomputed vectors for the {side} side. Pass a file to the constructor.");
        return file.Find(text) ?? throw new KeyNotFoundException(
            $"No precomputed vector on the {side} side for '{TextExcerpt.Shorten(text, MaxQuoteLength)}'. It is "
            + "neither the contents nor the id of a record. Encode it with the program that wrote the file, and add it there.");
    }
}
