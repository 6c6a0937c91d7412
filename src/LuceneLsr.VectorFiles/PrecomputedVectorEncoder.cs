using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles;

/// <summary>
/// Answers with vectors that some other program computed: a text is looked up as the contents of a record of its
/// side's file, then as a record's id. All vectors are kept in memory.
/// </summary>
public sealed class PrecomputedVectorEncoder : ISparseEncoder
{
    private const int LongestQuote = 80;

    private readonly Dictionary<string, SparseVector>? _documents;
    private readonly Dictionary<string, SparseVector>? _queries;

    /// <summary>Reads the vectors.</summary>
    /// <param name="documents">
    /// The documents' file in the form of <see cref="AnseriniVectors"/>, perhaps compressed (.gz); null where none are
    /// asked for.
    /// </param>
    /// <param name="queries">The queries' file, likewise.</param>
    /// <param name="vocabularyId">
    /// Names the term space of the encoder that made the vectors: an index of another one is refused for its queries.
    /// </param>
    /// <exception cref="InvalidDataException">A line is no record, or an id stands twice in one file.</exception>
    public PrecomputedVectorEncoder(string? documents, string? queries, string vocabularyId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(vocabularyId);
        VocabularyId = vocabularyId;
        _documents = documents is null ? null : Load(documents);
        _queries = queries is null ? null : Load(queries);
    }

    /// <inheritdoc/>
    public string VocabularyId { get; }

    /// <summary>
    /// Whether a side's weights are all whole numbers: impacts, which <see cref="ImpactScale.Identity"/> leaves as they
    /// are. (Should they be weights after all, no other scale would keep more of them.) A side without a file holds none.
    /// </summary>
    public bool HoldsImpacts(TextSide side) => FileOf(side)?.Values.All(
        vector => vector.Entries.All(entry => float.IsInteger(entry.Weight))) ?? false;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no file for this side.</exception>
    /// <exception cref="KeyNotFoundException">A text is neither contents nor id of a record of this side.</exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. texts.Select(text => string.IsNullOrWhiteSpace(text) ? SparseVector.Empty : Find(text, side))];
    }

    /// <summary>Nothing to release.</summary>
    public void Dispose()
    {
    }

    private Dictionary<string, SparseVector>? FileOf(TextSide side) =>
        side == TextSide.Document ? _documents : _queries;

    private SparseVector Find(string text, TextSide side)
    {
        var vectors = FileOf(side) ?? throw new InvalidOperationException(
            $"There is no file of ready vectors for the {side} side; name one when creating the encoder.");
        return vectors.TryGetValue(text, out var vector) ? vector : throw new KeyNotFoundException(
            $"No ready vector on the {side} side for '{Shortened(text)}': it is neither contents nor id of a record.");
    }

    private static string Shortened(string text) =>
        text.Length <= LongestQuote ? text : $"{text.AsSpan(0, LongestQuote)}...";

    private static Dictionary<string, SparseVector> Load(string path)
    {
        var byContents = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        var byId = new Dictionary<string, SparseVector>(StringComparer.Ordinal);
        foreach (var (line, record) in AnseriniVectors.ReadNumberedFile(path))
        {
            // Texts may repeat in a collection: the first answers for all.
            byContents.TryAdd(record.Contents, record.Vector);
            if (!byId.TryAdd(record.Id, record.Vector))
            {
                throw new InvalidDataException(
                    $"{path}, line {line}: id '{record.Id}' stands a second time; an id names one record.");
            }
        }

        foreach (var (id, vector) in byId)
        {
            byContents.TryAdd(id, vector);
        }

        return byContents;
    }
}
