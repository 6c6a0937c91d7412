using Lucene.Net.Documents;
using Lucene.Net.Index;
using LuceneLsr.Analysis;

namespace LuceneLsr.Upgrades;

/// <summary>What an <see cref="EncoderUpgrade"/> does.</summary>
public sealed record EncoderUpgradeOptions
{
    /// <summary>
    /// Gets the field that the former encoder filled, or the text field of an index without learned fields.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>Gets the field whose stored values are the texts. By default it is <see cref="Field"/>.</summary>
    public string? TextField { get; init; }

    /// <summary>Gets the field that the new encoder fills. It has another name.</summary>
    public required string NewField { get; init; }

    /// <summary>Gets the analyzer with the new encoder and the scale of its weights.</summary>
    public required LsrAnalyzer Analyzer { get; init; }

    /// <summary>
    /// Gets the folder for vectors of segments that are not rewritten and committed yet. After a restart, an upgrade
    /// with the same folder goes on where it was. It is created if it does not exist, and must be used for nothing else.
    /// Delete it if texts that are not stored change, or a new encoder has no <see cref="ISparseEncoder.Identity"/>.
    /// </summary>
    public required string WorkFolder { get; init; }

    /// <summary>
    /// Gets the function that returns the texts to encode, given the document's stored fields; empty if there are none.
    /// By default they are the stored values of <see cref="TextField"/>. Where texts are not stored, look them up by the
    /// document's id.
    /// </summary>
    public Func<Document, IEnumerable<string>>? GetTexts { get; init; }

    /// <summary>Gets the maximum number of documents to encode per second. It is infinite by default.</summary>
    public double MaxDocumentsPerSecond
    {
        get;
        init => field = value >= 0.001 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxDocumentsPerSecond), value, "The maximum number of documents per second must be at least 0.001.");
    } = double.PositiveInfinity;

    /// <summary>Gets the number of documents to encode together, at least 1.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(BatchSize), value, "The batch size must be at least 1.");
    } = 32;

    /// <summary>
    /// Gets whether the new field may have been filled by another encoder with the same vocabulary, see
    /// <see cref="Indexing.LsrIndexStamp.Ensure"/>.
    /// </summary>
    public bool AllowOtherEncoder { get; init; }

    /// <summary>Gets the number of documents that may have to be encoded again after a kill.</summary>
    internal int CommitInterval { get; init; } = 1_000;

    /// <summary>Returns the texts of a document.</summary>
    internal IReadOnlyList<string> ReadTexts(IndexReader reader, int document)
    {
        var field = TextField ?? Field;
        var texts = GetTexts is null
            ? reader.Document(document, new HashSet<string> { field }).GetValues(field)
            : GetTexts(reader.Document(document)) ?? [];
        return [.. texts.Where(text => !string.IsNullOrWhiteSpace(text))];
    }
}
