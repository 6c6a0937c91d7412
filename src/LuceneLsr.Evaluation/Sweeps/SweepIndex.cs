using Lucene.Net.Codecs;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Evaluation.Rankers;
using LuceneLsr.Indexing;
using LuceneLsr.Search;
using System.Diagnostics;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>
/// An index of a collection for the document dials of points, in a temporary folder: one segment, documents in the order
/// of the corpus, with their ids, impacts and, if a point needs them, keywords for BM25.
/// </summary>
internal sealed class SweepIndex : IDisposable
{
    public const string Impacts = SparseIndex.ContentsField;
    public const string Keywords = "keywords";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("lsr-sweep-");
    private readonly FSDirectory _directory;
    private readonly DirectoryReader _reader;

    public SweepIndex(IReadOnlyList<BeirDocument> corpus, SweepVectors vectors, SweepPoint point)
    {
        _directory = FSDirectory.Open(_folder);
        try
        {
            Scale = CreateScale(vectors, point);
            Write(corpus, vectors.Documents, point);
            _reader = DirectoryReader.Open(_directory);
        }
        catch
        {
            Delete();
            throw;
        }

        Searcher = new ImpactSearcher(_reader) { Similarity = Bm25Parameters.Default.CreateSimilarity() };
    }

    /// <summary>Gets the scale of the documents.</summary>
    public ImpactScale Scale { get; }

    public ImpactSearcher Searcher { get; }

    public IndexReader Reader => _reader;

    public long SizeInBytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public double TermsPerDocument => (double)Math.Max(0, _reader.GetSumDocFreq(Impacts)) / Math.Max(1, _reader.MaxDoc);

    /// <summary>Returns what the contents of an index depend on. Points with equal keys share an index.</summary>
    public static SweepPoint GetKey(SweepPoint point) => new()
    {
        ModelPrecision = point.ModelPrecision,
        ImpactBits = point.ImpactBits,
        ImpactFactor = point.ImpactFactor,
        Codec = point.Codec,
        DocumentPruning = point.DocumentPruning,
        Bm25Weight = point.Bm25Weight > 0 ? 1 : 0,
    };

    public void Dispose()
    {
        _reader.Dispose();
        Delete();
    }

    private static ImpactScale CreateScale(SweepVectors vectors, SweepPoint point)
    {
        var scale = vectors.Scales.Document;
        if (point.ImpactBits is not { } bits)
        {
            return new(point.ImpactFactor ?? scale.Factor, scale.MaxImpact);
        }

        var maxImpact = (1 << bits) - 1;
        var maxWeight = vectors.Documents.Where(vector => vector.Count > 0)
            .Select(vector => vector.Entries[0].Weight).DefaultIfEmpty(1).Max();
        return new(point.ImpactFactor ?? maxImpact / maxWeight, maxImpact);
    }

    private void Write(IReadOnlyList<BeirDocument> corpus, IReadOnlyList<SparseVector> vectors, SweepPoint point)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, EnglishTerms.Analyzer)
        {
            Similarity = new BM25Similarity(), // its norms do not depend on k1 and b
            MergePolicy = new LogDocMergePolicy(), // keeps the order of documents
            MergeScheduler = new SerialMergeScheduler(),
        };
        config.Codec = CreateCodec(point.Codec) ?? config.Codec;
        using var writer = new IndexWriter(_directory, config);
        using (var bulk = new ImpactBulkWriter(writer, Impacts, Scale))
        {
            foreach (var (document, vector) in corpus.Zip(vectors))
            {
                bulk.Add(CreateFields(document, point.Bm25Weight > 0), point.DocumentPruning.Apply(vector));
            }
        }

        writer.ForceMerge(1);
        writer.Commit();
    }

    private static IEnumerable<IIndexableField> CreateFields(BeirDocument document, bool hasKeywords)
    {
        yield return new StringField(SparseIndex.IdField, document.Id, Field.Store.YES);
        if (hasKeywords)
        {
            yield return new TextField(Keywords, document.Contents, Field.Store.NO);
        }
    }

    private static Codec? CreateCodec(PostingCodec codec) => codec switch
    {
        PostingCodec.Default => null,
        PostingCodec.Impact => new ImpactCodec(Impacts),
        PostingCodec.Compact => new ImpactCodec(new ImpactPostingsFormat(isCompact: true), Impacts),
        _ => throw new UnreachableException(),
    };

    private void Delete()
    {
        _directory.Dispose();
        _folder.Delete(recursive: true);
    }
}
