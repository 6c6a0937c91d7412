using Lucene.Net.Index;
using Lucene.Net.Util;

namespace LuceneLsr.Upgrades;

/// <summary>Encodes the documents of a segment that do not have the new field yet.</summary>
/// <param name="segment">The segment, which stays open until this object is disposed.</param>
/// <param name="posted">The documents that have the field.</param>
/// <param name="options">The options of the upgrade.</param>
/// <param name="run">The run.</param>
internal sealed class SegmentEncoding(
    SegmentReader segment, FixedBitSet posted, EncoderUpgradeOptions options, UpgradeRun run) : IDisposable
{
    // Created at once: the files of a segment whose documents are all deleted meanwhile are deleted, too.
    private readonly string _key = SegmentVectors.CreateKey(
        segment,
        $"text of {options.TextField ?? options.Field}, field {options.NewField}, encoder "
        + $"{options.Analyzer.Encoder.VocabularyId} {options.Analyzer.Encoder.Identity?.Fingerprint}, "
        + $"{options.Analyzer.Scale}");

    private SegmentVectors? _vectors; // null until there is one that is not empty
    private FixedBitSet? _formerDocuments;
    private int _uncommitted;

    public SegmentReader Segment => segment;

    /// <summary>Gets the new vectors, or null if there are none.</summary>
    public SegmentVectors? Vectors => _vectors;

    /// <summary>Returns whether a document of a segment does not have the new field.</summary>
    public static bool IsNeeded(SegmentReader segment, FixedBitSet posted) =>
        FindDocuments(segment, posted, start: 0).Any();

    /// <summary>Keeps a segment open beyond the life of the reader that it is from.</summary>
    public static SegmentEncoding Open(
        SegmentReader segment, FixedBitSet posted, EncoderUpgradeOptions options, UpgradeRun run)
    {
        var encoding = new SegmentEncoding(segment, posted, options, run);
        segment.IncRef();
        return encoding;
    }

    /// <summary>Encodes what an earlier run has not encoded.</summary>
    public async Task RunAsync()
    {
        _vectors = SegmentVectors.TryOpen(options.WorkFolder, segment.SegmentName, _key);
        var position = 0;
        foreach (var documents in FindDocuments(segment, posted, start: _vectors?.Count ?? 0).Chunk(options.BatchSize))
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            var encoded = Encode(documents);
            var end = documents[^1] + 1;
            await run.ReportAsync(encoded, passed: CountLive(position, end)).ConfigureAwait(false);
            position = end;
        }
    }

    public void Dispose()
    {
        try
        {
            _vectors?.Dispose();
        }
        finally
        {
            segment.DecRef();
        }
    }

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
        var vectors = options.Analyzer.Encoder.EncodeAll(
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
                    $"Document {document} of segment {segment.SegmentName} has terms in field '{options.Field}', but no "
                    + $"stored text in field '{options.TextField ?? options.Field}'. Name the field with the text "
                    + $"({nameof(EncoderUpgradeOptions)}.{nameof(EncoderUpgradeOptions.TextField)}), or return the text "
                    + $"from {nameof(EncoderUpgradeOptions.GetTexts)}.");
            }
        }

        return texts;
    }

    // The impacts of several values of a field add up, as they do in the index.
    private SparseVector Sum(IEnumerable<SparseVector> values) => new(values
        .SelectMany(options.Analyzer.Scale.Quantize)
        .GroupBy(impact => impact.Term, StringComparer.Ordinal)
        .Select(term => new TermWeight(
            term.Key, Math.Min(ImpactScale.MaxImpactLimit, term.Sum(impact => (long)impact.Impact)))));

    private void Add(int document, SparseVector impacts)
    {
        if (impacts.Count > 0)
        {
            _vectors ??= SegmentVectors.Create(options.WorkFolder, segment.SegmentName, _key);
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
