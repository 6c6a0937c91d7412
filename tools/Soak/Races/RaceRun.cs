using Lucene.Net.Index;
using Lucene.Net.Search;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Races;

/// <summary>
/// Threads that search near-real-time readers while others write. Every result of an <see cref="ImpactQuery"/> must
/// equal that of a <see cref="BooleanQuery"/> on the same reader, and the scores those of the documents' vectors.
/// </summary>
internal sealed class RaceRun : IDisposable
{
    private const int Top = 50;
    private const long CacheBytes = 1 << 20; // so little that entries come and go

    private readonly RaceWriter _writer;
    private readonly SearcherManager _searchers;
    private readonly ImpactCache _cache = new(CacheBytes);
    private long _searches;
    private long _hits;

    public RaceRun(string folder)
    {
        _writer = new(folder);
        _searchers = new(_writer.Writer, applyAllDeletes: true, new SearcherFactory());
    }

    /// <summary>Gets the number of searches whose results were equal.</summary>
    public long Searches => _searches;

    /// <summary>Gets the number of hits that were compared.</summary>
    public long Hits => _hits;

    /// <summary>Gets the number of documents that were written.</summary>
    public int Written => _writer.Written;

    /// <summary>Runs one writer, one bulk writer and some readers for a time.</summary>
    /// <exception cref="InvalidOperationException">A result differs.</exception>
    public void Run(int readers, TimeSpan time, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(time);
        Action[] loops =
        [
            () => Repeat(_writer.AddAndCommit),
            () => Repeat(_writer.AddInBulk),
            .. Enumerable.Range(1, readers).Select<int, Action>(seed =>
            {
                var random = new Random(seed);
                return () => Repeat(() => Search(random));
            }),
        ];
        Task.WhenAll(loops.Select(loop => Task.Factory.StartNew(
            loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
            .GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();

        void Repeat(Action step)
        {
            try
            {
                while (!source.IsCancellationRequested)
                {
                    step();
                }
            }
            catch (Exception exception)
            {
                source.Cancel(); // stops the others
                throw new InvalidOperationException($"A thread failed: {exception.Message}", exception);
            }
        }
    }

    public void Dispose()
    {
        _searchers.Dispose();
        _writer.Dispose();
    }

    private void Search(Random random)
    {
        _searchers.MaybeRefresh();
        var searcher = _searchers.Acquire();
        try
        {
            Compare(searcher.IndexReader, NumberedDocuments.CreateQuery(random), random.Next(2) == 0 ? _cache : null);
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    private void Compare(IndexReader reader, TermImpact[] terms, ImpactCache? cache)
    {
        var expected = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() }
            .Search(CreateBooleanQuery(terms), Top).ScoreDocs;
        var actual = new ImpactSearcher(reader)
            .Search(new ImpactQuery(NumberedDocuments.Body, terms, cache), Top).ScoreDocs;
        if (!expected.Select(hit => (hit.Doc, hit.Score)).SequenceEqual(actual.Select(hit => (hit.Doc, hit.Score))))
        {
            throw new InvalidOperationException(
                $"The query {string.Join(' ', terms)} finds other documents or scores than BooleanQuery.");
        }

        if (actual.FirstOrDefault(hit => !hit.Score.Equals(ComputeScore(reader, hit.Doc, terms))) is { } wrong)
        {
            throw new InvalidOperationException(
                $"The query {string.Join(' ', terms)} gives document {wrong.Doc} the score {wrong.Score}.");
        }

        Interlocked.Increment(ref _searches);
        Interlocked.Add(ref _hits, actual.Length);
    }

    private static float ComputeScore(IndexReader reader, int document, TermImpact[] terms) =>
        NumberedDocuments.ComputeScore(
            NumberedDocuments.GetNumber(reader.Document(document).Get(NumberedDocuments.Id)),
            NumberedDocuments.Body, terms);

    private static BooleanQuery CreateBooleanQuery(TermImpact[] terms) => BooleanImpactQuery.Create(
        NumberedDocuments.Body, new SparseVector(terms.Select(term => new TermWeight(term.Term, term.Impact))),
        ImpactScale.Identity);
}
