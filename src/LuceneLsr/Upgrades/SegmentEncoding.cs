using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Upgrades;

/// <summary>Encodes the documents of a segment that do not have the new field yet.</summary>
internal sealed class SegmentEncoding(SegmentReader segment, EncoderUpgradeOptions options, UpgradeRun run) : IDisposable
{
    private readonly string _encoding =
        $"text of {options.TextField ?? options.Field}, field {options.NewField}, encoder {options.Analyzer.Encoder.VocabularyId} "
        + $"{options.Analyzer.Encoder.Identity?.Fingerprint}, {options.Analyzer.Scale}";

    private readonly FixedBitSet _posted = PostedDocuments.Find(segment, options.NewField);
    private SegmentVectors? _vectors; // null until there is one that is not empty
    private FixedBitSet? _formerDocuments;
    private int _uncommitted;

    /// <summary>Returns whether a document of a segment does not have the new field.</summary>
    public static bool IsNeeded(SegmentReader segment, EncoderUpgradeOptions options) =>
        FindDocuments(segment, PostedDocuments.Find(segment, options.NewField), start: 0).Any();

    /// <summary>Gets the new vectors, or null if there are none.</summary>
    public SegmentVectors? Vectors => _vectors;

    /// <summary>Encodes what an earlier run has not encoded.</summary>
    public async Task RunAsync()
    {
        _vectors = SegmentVectors.TryOpen(options.WorkFolder, segment, _encoding);
        var position = 0;
        foreach (var documents in FindDocuments(segment, _posted, start: _vectors?.Count ?? 0).Chunk(options.BatchSize))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            var encoded = Encode(documents);
            var end = documents[^1] + 1;
            await run.ReportAsync(encoded, passed: CountLive(position, end)).ConfigureAwait(false);
            position = end;
        }
    }

    public void Dispose() => _vectors?.Dispose();

    private static IEnumerable<int> FindDocuments(SegmentReader segment, FixedBitSet posted, int start)
    {
        var live = segment.LiveDocs;
        for (var document = start; document < segment.MaxDoc; document++)
        {
            if (live?.Get(document) != false && !posted.Get(document))
            {
                yield return document;
            }
        }
    }

    private int CountLive(int start, int end) => segment.LiveDocs is { } live
        ? Enumerable.Range(start, end - start).Count(live.Get)
        : end - start;

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
        if (_uncommitted >= options.CommitInterval)
        {
            _vectors?.Commit();
            _uncommitted = 0;
        }
    }
}
