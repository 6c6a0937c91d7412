using CsCheck;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Similarities;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Indexing;

/// <summary>Compares bulk indexing with the indexing of impact fields, posting by posting.</summary>
public class ImpactBulkWriterTests
{
    private const string Body = ImpactIndex.Body;

    private static readonly WhitespaceAnalyzer Whitespace = new(LuceneVersion.LUCENE_48);

    [Fact]
    public void Add_any_documents_writes_same_index_as_impact_fields() => Gen.Select(
        ImpactCollection.Any, Gen.Int[2, 9]).Sample(
        (collection, batchSize) =>
        {
            using RAMDirectory bulk = new(), single = new();
            Write(bulk, batchSize, writer =>
            {
                using var impacts = new ImpactBulkWriter(writer, Body, ImpactCollection.DocumentScale);
                foreach (var (number, (vector, _)) in collection.Documents.Index())
                {
                    impacts.Add(OtherFields(number), vector);
                }
            });
            Write(single, batchSize, writer =>
            {
                foreach (var (number, (vector, _)) in collection.Documents.Index())
                {
                    writer.AddDocument(
                        [.. OtherFields(number), new ImpactField(Body, vector, ImpactCollection.DocumentScale)]);
                }
            });
            Assert.True(new CheckIndex(bulk).DoCheckIndex().Clean);
            using IndexReader actual = DirectoryReader.Open(bulk), expected = DirectoryReader.Open(single);
            Assert.Equal(Dump(expected), Dump(actual));
        },
        iter: 100);

    [Fact]
    public void Add_beyond_max_buffered_docs_flushes_segments_of_that_size()
    {
        using var directory = new RAMDirectory();
        Write(directory, batchSize: 10, writer =>
        {
            using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
            for (var number = 0; number < 25; number++)
            {
                impacts.Add([], new SparseVector([new("t", 1 + number)]));
            }
        });
        using var reader = DirectoryReader.Open(directory);
        Assert.Equal([10, 10, 5], reader.Leaves.Select(leaf => leaf.Reader.MaxDoc));
        Assert.All(reader.Leaves, leaf => Assert.False(leaf.AtomicReader.FieldInfos.FieldInfo(Body).HasNorms));
    }

    [Fact]
    public void Add_rejected_document_keeps_other_documents()
    {
        using var directory = new RAMDirectory();
        var tooLong = new string('x', IndexWriter.MAX_TERM_LENGTH + 1);
        Write(directory, batchSize: 10, writer =>
        {
            using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
            impacts.Add(OtherFields(0), new SparseVector([new("a", 1)]));
            Assert.Throws<ArgumentException>(() => impacts.Add(
                [new StringField("id", tooLong, Field.Store.NO)], new SparseVector([new("b", 2)])));
            Assert.Contains("'body' has a term longer", Assert.Throws<ArgumentException>(
                () => impacts.Add([], new SparseVector([new(tooLong, 1)]))).Message, StringComparison.Ordinal);
            Assert.Contains("already has a field 'body'", Assert.Throws<ArgumentException>(
                () => impacts.Add([new StoredField(Body, "text")], SparseVector.Empty)).Message,
                StringComparison.Ordinal);
            impacts.Add(OtherFields(1), new SparseVector([new("a", 3)]));
        });
        using var reader = DirectoryReader.Open(directory);
        Assert.Equal(2, reader.NumDocs);
        var searcher = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() };
        var hits = searcher.Search(new TermQuery(new Term(Body, "a")), 5).ScoreDocs;
        Assert.Equal(
            [("id1", 3f), ("id0", 1f)], hits.Select(hit => (searcher.Doc(hit.Doc).Get("id"), hit.Score)));
        Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
    }

    // The rejected document has taken an id in the batch, which cannot be flushed while the directory is full.
    [Fact]
    public void Failed_flush_keeps_documents_with_their_impacts()
    {
        using var directory = new FullDirectory();
        Write(directory, batchSize: 10, writer =>
        {
            using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
            impacts.Add(OtherFields(0), new SparseVector([new("a", 1)]));
            Assert.Throws<ArgumentException>(() => impacts.Add(
                [new StringField("id", new string('x', IndexWriter.MAX_TERM_LENGTH + 1), Field.Store.NO)],
                new SparseVector([new("a", 2)])));
            directory.FreeBytes = 0;
            Assert.Throws<IOException>(() => impacts.Add(OtherFields(1), new SparseVector([new("a", 3)])));
            Assert.Throws<IOException>(() => impacts.Add(OtherFields(1), new SparseVector([new("a", 3)])));
            directory.FreeBytes = long.MaxValue;
            impacts.Add(OtherFields(2), new SparseVector([new("a", 5)]));
        });
        using var reader = DirectoryReader.Open(directory);
        var searcher = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() };
        var hits = searcher.Search(new TermQuery(new Term(Body, "a")), 5).ScoreDocs;
        Assert.Equal(
            [("id2", 5f), ("id0", 1f)], hits.Select(hit => (searcher.Doc(hit.Doc).Get("id"), hit.Score)));
    }

    [Fact]
    public void Flush_merges_segments_by_merge_policy()
    {
        using var directory = new RAMDirectory();
        using var writer = Open(directory, config =>
        {
            config.MaxBufferedDocs = 2;
            config.MergePolicy = new LogDocMergePolicy { MergeFactor = 3 };
            config.MergeScheduler = new SerialMergeScheduler();
        });
        using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
        for (var number = 0; number < 100; number++)
        {
            impacts.Add([], new SparseVector([new("t", 1 + number)]));
        }

        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        Assert.Equal(100, reader.MaxDoc);
        Assert.InRange(reader.Leaves.Count, 1, 10); // of 50 batches
    }

    [Fact]
    public void Failed_merge_adds_batch_only_once()
    {
        using var directory = new RAMDirectory();
        using var writer = Open(directory, config => config.MergeScheduler = new FailingMerges());
        var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
        impacts.Add([], new SparseVector([new("t", 1)]));
        Assert.Throws<IOException>(impacts.Flush);
        impacts.Dispose();
        Assert.Equal(1, writer.MaxDoc);
        Assert.Throws<ObjectDisposedException>(() => impacts.Add([], SparseVector.Empty));
    }

    [Fact]
    public void Add_beyond_RAM_buffer_size_flushes_batch()
    {
        using var directory = new RAMDirectory();
        using var writer = Open(directory, config => config.RAMBufferSizeMB = 0.1);
        using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
        var vector = new SparseVector(Enumerable.Range(0, 100).Select(term => new TermWeight($"t{term}", 1)));
        for (var number = 0; number < 500; number++) // 8 bytes per posting: more than four buffers
        {
            impacts.Add([], vector);
        }

        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        Assert.InRange(reader.Leaves.Count, 4, 10);
    }

    [Fact]
    public void Add_term_with_unpaired_surrogate_throws()
    {
        using var directory = new RAMDirectory();
        Write(directory, batchSize: 10, writer =>
        {
            using var impacts = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
            Assert.Contains("surrogate", Assert.Throws<ArgumentException>(
                () => impacts.Add([], new SparseVector([new("\ud800", 1), new("\udfff", 1)]))).Message,
                StringComparison.Ordinal);
        });
    }

    private static Document OtherFields(int number) =>
    [
        new StringField("id", $"id{number}", Field.Store.YES),
        new TextField("title", $"common word{number % 3}", Field.Store.YES),
        new NumericDocValuesField("rank", number * 7),
    ];

    private static void Write(Lucene.Net.Store.Directory directory, int batchSize, Action<IndexWriter> write)
    {
        using var writer = Open(directory, config => config.MaxBufferedDocs = batchSize);
        write(writer);
    }

    private static IndexWriter Open(Lucene.Net.Store.Directory directory, Action<IndexWriterConfig> configure)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, Whitespace)
        {
            Similarity = new ImpactSimilarity(),
            MergePolicy = NoMergePolicy.NO_COMPOUND_FILES,
        };
        configure(config);
        return new IndexWriter(directory, config);
    }

    private sealed class FailingMerges : MergeScheduler
    {
        public override void Merge(IndexWriter writer, MergeTrigger trigger, bool newMergesFound)
        {
            if (trigger == MergeTrigger.EXPLICIT)
            {
                throw new IOException("No space left on device.");
            }
        }

        protected override void Dispose(bool disposing)
        {
        }
    }

    // Returns all contents of the index, one fact per line.
    private static List<string> Dump(IndexReader reader)
    {
        var lines = new List<string>();
        foreach (var field in MultiFields.GetFields(reader) ?? Enumerable.Empty<string>())
        {
            var terms = MultiFields.GetTerms(reader, field)?.GetEnumerator(); // null if all vectors are empty
            while (terms?.MoveNext() == true)
            {
                var docs = terms.Docs(liveDocs: null, reuse: null, DocsFlags.FREQS);
                while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                {
                    lines.Add($"{field}:{terms.Term.Utf8ToString()} {docs.DocID} {docs.Freq}");
                }
            }
        }

        var ranks = MultiDocValues.GetNumericValues(reader, "rank");
        for (var number = 0; number < reader.MaxDoc; number++)
        {
            var document = reader.Document(number);
            lines.Add($"{document.Get("id")} {document.Get("title")} {ranks.Get(number)}");
        }

        return lines;
    }
}
