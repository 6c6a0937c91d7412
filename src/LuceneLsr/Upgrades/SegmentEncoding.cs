using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Upgrades;

/// <summary>Encodes the documents of a segment that do not have the new field yet.</summary>
internal sealed class SegmentEncoding(SegmentReader segment, EncoderUpgradeOptions options, UpgradeRun run) : IDisposable
{
    private const int CommitInterval = 1_000; // documents whose encoding a kill may cost

    private readonly string _encoding =
        $"field {options.NewField}, encoder {options.Analyzer.Encoder.VocabularyId} "
        + $"{options.Analyzer.Encoder.Identity?.Fingerprint}, {options.Analyzer.Scale}";

    private readonly FixedBitSet _posted = PostedDocuments.Find(segment, options.NewField);
    private SegmentVectors? _vectors; // null until there is one that is not empty
    private FixedBitSet? _formerDocuments;
    private int _uncommitted;

    public SegmentReader Segment => segment;

    /// <summary>Gets whether a document does not have the new field.</summary>
    public bool IsNeeded => FindDocuments(start: 0).Any();

    /// <summary>Gets the new vectors, or null if there are none.</summary>
    public SegmentVectors? Vectors => _vectors;

    /// <summary>Encodes what an earlier run has not encoded.</summary>
    public async Task RunAsync()
    {
        _vectors = SegmentVectors.TryOpen(options.WorkFolder, segment, _encoding);
        foreach (var documents in FindDocuments(_vectors?.Count ?? 0).Chunk(options.BatchSize))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            var encoded = Encode(documents);
            await run.ReportAsync(encoded, position: documents[^1] + 1).ConfigureAwait(false);
        }
    }

    public void Dispose() => _vectors?.Dispose();

    private IEnumerable<int> FindDocuments(int start)
    {
        var live = segment.LiveDocs;
        for (var document = start; document < segment.MaxDoc; document++)
        {
            if (live?.Get(document) != false && !_posted.Get(document))
            {
                yield return document;
            }
        }
    }

    // Returns the number of documents that have a text.
    private int Encode(int[] documents)
    {
        var texts = documents.Select(document => (Document: document, Texts: ReadTexts(document)))
            .Where(document => document.Texts.Count > 0).ToList();
        var vectors = options.Analyzer.Encoder.Encode(
            [.. texts.SelectMany(document => document.Texts)], TextSide.Document, run.CancellationToken);
        var next = 0;
        foreach (var (document, values) in texts)
        {
            Add(document, Sum(vectors.Skip(next).Take(values.Count)));
            next += values.Count;
        }

        Commit(texts.Count);
        return texts.Count;
    }

    private IReadOnlyList<string> ReadTexts(int document)
    {
        var texts = options.ReadTexts(segment, document);
        if (texts.Count == 0)
        {
            _formerDocuments ??= PostedDocuments.Find(segment, options.Field);
            if (_formerDocuments.Get(document))
            {
                throw new InvalidOperationException(
                    $"A document has terms in field '{options.Field}', but no stored text to encode again. Return its "
                    + $"text from {nameof(EncoderUpgradeOptions)}.{nameof(EncoderUpgradeOptions.GetTexts)}.");
            }
        }

        return texts;
    }

    // The impacts of several values of a field add up, as they do in the index.
    private SparseVector Sum(IEnumerable<SparseVector> values) => new(values
        .SelectMany(options.Analyzer.Scale.Quantize)
        .GroupBy(impact => impact.Term, StringComparer.Ordinal)
        .Select(term => new TermWeight(term.Key, term.Sum(impact => impact.Impact))));

    private void Add(int document, SparseVector impacts)
    {
        if (impacts.Count > 0)
        {
            _vectors ??= SegmentVectors.Create(options.WorkFolder, segment, _encoding);
            _vectors.Add(document, impacts);
        }
    }

    private void Commit(int encoded)
    {
        _uncommitted += encoded;
        if (_uncommitted >= CommitInterval)
        {
            _vectors?.Commit();
            _uncommitted = 0;
        }
    }
}
