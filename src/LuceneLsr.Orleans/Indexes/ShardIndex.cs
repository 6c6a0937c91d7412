using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Orleans.Messages;
using LuceneLsr.Search;

namespace LuceneLsr.Orleans.Indexes;

/// <summary>
/// The Lucene index of a replica in a local folder. Searches run concurrently with everything else; the other methods
/// must be called one at a time. All of them block.
/// </summary>
/// <remarks>
/// The folder is only a cache of log and snapshots. If a method other than a search throws, the index must be disposed
/// and opened anew, because it may hold a part of a batch.
/// </remarks>
internal sealed class ShardIndex : IDisposable
{
    private readonly FSDirectory _directory;
    private readonly KeywordAnalyzer _analyzer = new();
    private readonly IndexWriter _writer;
    private readonly SearcherManager _searchers;
    private long _visible;

    /// <summary>Opens the index of a folder, which may be empty.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="sequence">The last batch that the index includes.</param>
    public ShardIndex(string folder, long sequence)
    {
        Sequence = _visible = sequence;
        _directory = FSDirectory.Open(folder, new ExclusiveLockFactory());
        _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, _analyzer)
        {
            Codec = new ImpactCodec(ShardFields.Impacts),
            IndexDeletionPolicy = new SnapshotDeletionPolicy(new KeepOnlyLastCommitDeletionPolicy()),
        });
        _searchers = new SearcherManager(_writer, applyAllDeletes: true, new Factory(this));
    }

    /// <summary>Gets the last batch that was applied.</summary>
    public long Sequence { get; private set; }

    /// <summary>Applies the next batches. Searches do not see them before <see cref="Refresh"/>.</summary>
    /// <remarks>Each call writes a segment, so one call for many batches is much faster than a call for each.</remarks>
    public void Apply(IReadOnlyCollection<ShardBatch> batches)
    {
        _writer.DeleteDocuments([.. batches.SelectMany(batch => batch.GetIds()).Distinct()
            .Select(id => new Term(ShardFields.Id, id))]);
        using var bulk = new ImpactBulkWriter(_writer, ShardFields.Impacts, ImpactScale.Identity);
        foreach (var document in GetLastVersions(batches))
        {
            bulk.Add(
                CreateFields(document),
                new SparseVector(document.Impacts.Select(impact => new TermWeight(impact.Term, impact.Impact))));
        }

        bulk.Flush();
        Sequence += batches.Count;
    }

    /// <summary>Shows all applied batches to searches that start from now on.</summary>
    public void Refresh()
    {
        var sequence = Sequence;
        _searchers.MaybeRefreshBlocking();
        Interlocked.Exchange(ref _visible, sequence);
    }

    /// <summary>Searches the index.</summary>
    /// <param name="query">The query.</param>
    /// <param name="budget">The time for the search.</param>
    /// <returns>The answer, or null if the time was too short.</returns>
    public ShardAnswer? Search(ShardQuery query, SearchBudget budget)
    {
        // The searcher stays the same when batches change nothing, so its own sequence may be too low.
        var visible = Interlocked.Read(ref _visible);
        var searcher = (ShardSearcher)_searchers.Acquire();
        try
        {
            var hits = RankedHits.Search(
                searcher, ShardQueries.CreateQuery(query.Terms, budget), ShardQueries.CreateFilter(query.Filters),
                query.Top);
            return budget.IsExceeded
                ? null
                : new ShardAnswer(
                    [.. hits.Best.Select(hit => new ClusterHit(
                        hit.Id, hit.Score, LoadFields(searcher, hit.Document, query.FieldNames)))],
                    hits.TotalHits, Math.Max(visible, searcher.Sequence));
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    /// <summary>Returns the number of documents and the size on disk in bytes.</summary>
    public (int Documents, long Size) Measure()
    {
        var searcher = _searchers.Acquire();
        try
        {
            return (searcher.IndexReader.NumDocs, _directory.ListAll().Sum(GetLength));
        }
        finally
        {
            _searchers.Release(searcher);
        }
    }

    /// <summary>
    /// Commits all applied batches and keeps the files of the commit until the result is disposed.
    /// </summary>
    public CommittedFiles Commit()
    {
        _writer.Commit();
        return new CommittedFiles(
            (SnapshotDeletionPolicy)_writer.Config.IndexDeletionPolicy, _directory.Directory.FullName, Sequence);
    }

    /// <summary>Closes the index. Searches in progress end undisturbed.</summary>
    public void Dispose()
    {
        _searchers.Dispose();
        _writer.Rollback();
        _analyzer.Dispose();
        _directory.Dispose();
    }

    private static Dictionary<string, ClusterDocument>.ValueCollection GetLastVersions(IEnumerable<ShardBatch> batches)
    {
        var documents = new Dictionary<string, ClusterDocument>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            foreach (var id in batch.GetIds())
            {
                documents.Remove(id);
            }

            foreach (var document in batch.Documents)
            {
                documents[document.Id] = document;
            }
        }

        return documents.Values;
    }

    private static IEnumerable<IIndexableField> CreateFields(ClusterDocument document)
    {
        yield return new StringField(ShardFields.Id, document.Id, Field.Store.NO);
        yield return new BinaryDocValuesField(ShardFields.Id, new BytesRef(document.Id));
        foreach (var field in document.Fields)
        {
            yield return field.IsFilterable
                ? new StringField(field.Name, field.Value, Field.Store.YES)
                : new StoredField(field.Name, field.Value);
        }
    }

    private static DocumentField[] LoadFields(IndexSearcher searcher, int document, string[]? names)
    {
        if (names is [])
        {
            return [];
        }

        var stored = names is null ? searcher.Doc(document) : searcher.Doc(document, new HashSet<string>(names));
        return [.. stored.Fields.Select(field => new DocumentField(
            field.Name, field.GetStringValue(), field.IndexableFieldType.IsIndexed))];
    }

    // A merge may delete a file meanwhile.
    private long GetLength(string file)
    {
        var info = new FileInfo(Path.Combine(_directory.Directory.FullName, file));
        return info.Exists ? info.Length : 0;
    }

    private sealed class Factory(ShardIndex index) : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new ShardSearcher(reader, index.Sequence);
    }
}
