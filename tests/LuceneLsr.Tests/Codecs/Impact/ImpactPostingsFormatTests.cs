using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;

namespace LuceneLsr.Tests.Codecs.Impact;

/// <summary>Tests the format through Lucene. The tests of the impact query cover its scores.</summary>
public class ImpactPostingsFormatTests
{
    private const string Body = ImpactIndex.Body;

    [Fact]
    public void CheckIndex_of_written_index_is_clean() => Gen.Select(
        ImpactCollection.Any, IndexStorage.EitherSetting).Sample(
        (collection, format) =>
        {
            using var index = (collection with { Storage = new(IsOnDisk: true, IsCompound: true, format) }).Index();
            index.Writer.Commit();
            Assert.True(new CheckIndex(index.Directory).DoCheckIndex().Clean);
        },
        iter: 50);

    [Fact]
    public void Merge_segments_of_any_format_keeps_live_postings() => Gen.Select(
        ImpactCollection.Any, IndexStorage.EitherSetting).Sample(
        (collection, format) =>
        {
            using var index = collection.Index();
            using var source = index.Open().IndexReader;
            using var merged = new RAMDirectory();
            using (var writer = new IndexWriter(merged, CreateConfig(new ImpactCodec(format, Body))))
            {
                writer.AddIndexes(source);
                writer.ForceMerge(1);
            }

            Assert.True(new CheckIndex(merged).DoCheckIndex().Clean);
            using var reader = DirectoryReader.Open(merged);
            var query = new ImpactQuery(Body, ImpactCollection.QueryScale.Quantize(collection.Query));
            Assert.Equal(collection.Scores(), ImpactIndex.Search(new ImpactSearcher(reader), query));
        },
        iter: 100);

    // The reference is an enumerator of Lucene's default format.
    [Fact]
    public void DocsEnum_moves_equal_those_of_default_format()
    {
        using var standard = CreateLargeIndex(format: null);
        using var fast = CreateLargeIndex(IndexStorage.Fast);
        using var compact = CreateLargeIndex(IndexStorage.Compact);
        var expected = standard.Open().IndexReader;
        IndexReader[] readers = [fast.Open().IndexReader, compact.Open().IndexReader];
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 4], Gen.Int[-3_000, 9_000].Array[1, 40]).Sample(
            (setting, term, moves) => Assert.Equal(Walk(expected, term, moves), Walk(readers[setting], term, moves)),
            iter: 500);
    }

    [Fact]
    public void Commit_failing_at_any_byte_keeps_previous_commit() => Gen.Select(
        ImpactCollection.Any, IndexStorage.EitherSetting, Gen.Int[0, 4_000]).Sample(
        (collection, format, freeBytes) =>
        {
            using var more = collection.Index();
            using var source = more.Open().IndexReader;
            using var directory = new FullDirectory();
            var config = CreateConfig(new ImpactCodec(format, Body));
            config.MergeScheduler = new SerialMergeScheduler(); // throws on the thread of the test
            using var writer = new IndexWriter(directory, config);
            writer.AddDocument([new ImpactField(Body, new SparseVector([new("first", 1)]), ImpactScale.Identity)]);
            writer.Commit();
            directory.FreeBytes = freeBytes;
            try
            {
                writer.AddIndexes(source);
                writer.ForceMerge(1);
                writer.Commit();
            }
            catch (IOException)
            {
                writer.Rollback();
                directory.FreeBytes = long.MaxValue;
                using var reader = DirectoryReader.Open(directory);
                Assert.Equal(1, reader.NumDocs);
                Assert.Equal(1, reader.DocFreq(new Term(Body, "first")));
            }

            Assert.True(new CheckIndex(directory).DoCheckIndex().Clean);
        },
        iter: 100);

    [Theory]
    [InlineData("truncated", "footer")]
    [InlineData("renamed", "LtceneLsrImpacts")]
    [InlineData("newer", "version 1 are newer than this program, which reads version 0. Update LuceneLsr")]
    public void Open_corrupt_or_newer_file_throws(string change, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = WritePostings(folder);
        var bytes = File.ReadAllBytes(path);
        switch (change)
        {
            case "truncated":
                bytes = bytes[..^20];
                break;
            case "renamed":
                bytes[6] ^= 1; // in the codec name
                break;
            case "newer":
                bytes[4 + 1 + "LuceneLsrImpacts".Length + 3]++; // after the magic number and the codec name
                break;
        }

        File.WriteAllBytes(path, bytes);
        using var directory = FSDirectory.Open(folder.Path);
        var thrown = Assert.ThrowsAny<IOException>(() => DirectoryReader.Open(directory));
        Assert.Contains(problem, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckIndex_of_file_with_changed_byte_is_not_clean()
    {
        using var folder = new TemporaryFolder();
        var path = WritePostings(folder);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(path, bytes);
        using var directory = FSDirectory.Open(folder.Path);
        Assert.False(new CheckIndex(directory).DoCheckIndex().Clean);
    }

    // The term dictionary stays intact. Only CheckIndex can detect a changed impact or document.
    [Fact]
    public void Read_corrupt_postings_succeeds_or_throws_CorruptIndexException()
    {
        using TemporaryFolder fast = new(), compact = new();
        var intact = new[] { WriteLarge(fast, IndexStorage.Fast), WriteLarge(compact, IndexStorage.Compact) }
            .ToDictionary(path => path, File.ReadAllBytes);
        Gen.Select(Gen.OneOf([.. intact.Keys.Select(Gen.Const)]), Gen.Double[0, 1], Gen.Byte[1, 255]).Sample(
            (path, position, change) =>
            {
                var bytes = intact[path].ToArray();
                bytes[100 + (int)(position * (bytes.Length - 200))] ^= change; // between header and footer
                File.WriteAllBytes(path, bytes);
                using var directory = FSDirectory.Open(Path.GetDirectoryName(path)!);
                using var reader = DirectoryReader.Open(directory);
                var terms = Enumerable.Range(0, 5).Select(term => new TermImpact($"t{term}", 3)).ToArray();
                ReadOrThrowCorrupt(() => AssertDocumentsExist(
                    new ImpactSearcher(reader).Search(new ImpactQuery(Body, terms), reader.MaxDoc), reader));
                ReadOrThrowCorrupt(() => new ImpactCache(long.MaxValue).Warm(reader, Body));
                ReadOrThrowCorrupt(() => new ImpactRescorer(new ImpactQuery(Body, terms)).Rescore(
                    new ImpactSearcher(reader), new ImpactSearcher(reader).Search(new MatchAllDocsQuery(), 99), 10));
                Assert.All(terms, term => ReadOrThrowCorrupt(() => Walk(reader, int.Parse(
                    term.Term.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture), [.. new int[300]])));
            },
            iter: 200,
            threads: 1);
    }

    private static void AssertDocumentsExist(TopDocs hits, IndexReader reader) =>
        Assert.All(hits.ScoreDocs, hit => Assert.InRange(hit.Doc, 0, reader.MaxDoc - 1));

    private static void ReadOrThrowCorrupt(Action read)
    {
        try
        {
            read();
        }
        catch (CorruptIndexException exception)
        {
            Assert.Contains("CheckIndex", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string WriteLarge(TemporaryFolder folder, ImpactPostingsFormat format)
    {
        using var directory = FSDirectory.Open(folder.Path);
        using var large = CreateLargeIndex(format);
        using var reader = large.Open().IndexReader;
        var config = CreateConfig(new ImpactCodec(format, Body));
        config.UseCompoundFile = false;
        config.MergePolicy = NoMergePolicy.NO_COMPOUND_FILES;
        using (var writer = new IndexWriter(directory, config))
        {
            writer.AddIndexes(reader);
        }

        return Assert.Single(System.IO.Directory.GetFiles(folder.Path, "*.imp"));
    }

    [Fact]
    public void Read_after_reader_was_closed_throws_ObjectDisposedException()
    {
        using var folder = new TemporaryFolder();
        WritePostings(folder);
        using var directory = FSDirectory.Open(folder.Path);
        var reader = DirectoryReader.Open(directory);
        var docs = MultiFields.GetTermDocsEnum(reader, null, Body, new BytesRef("t1"));
        var scorer = CreateScorer(reader);
        Assert.Equal(0, scorer.NextDoc());
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => docs.NextDoc());
        Assert.Throws<ObjectDisposedException>(() => scorer.Advance(20_000)); // another document range
    }

    private static Scorer CreateScorer(IndexReader reader)
    {
        var query = new ImpactQuery(Body, [new TermImpact("t1", 1)]);
        return query.CreateWeight(new ImpactSearcher(reader)).GetScorer(reader.Leaves[0], acceptDocs: null);
    }

    private static string WritePostings(TemporaryFolder folder)
    {
        using var directory = FSDirectory.Open(folder.Path);
        var config = CreateConfig(new ImpactCodec(Body));
        config.UseCompoundFile = false;
        using var writer = new IndexWriter(directory, config);
        for (var document = 0; document < 20_001; document++)
        {
            writer.AddDocument([new ImpactField(Body, new SparseVector([new("t1", 1)]), ImpactScale.Identity)]);
        }

        writer.Commit();
        return Assert.Single(System.IO.Directory.GetFiles(folder.Path, "*.imp"));
    }

    private static IndexWriterConfig CreateConfig(ImpactCodec codec) =>
        new(LuceneVersion.LUCENE_48, new KeywordAnalyzer()) { Codec = codec };

    // Five terms, from one in every document to one in a single document, with impacts of all widths.
    private static ImpactIndex CreateLargeIndex(ImpactPostingsFormat? format)
    {
        var index = new ImpactIndex(
            new LsrAnalyzer(new WordEncoder(), ImpactScale.Identity),
            storage: new(IsOnDisk: true, IsCompound: false, format));
        using var bulk = new ImpactBulkWriter(index.Writer, Body, ImpactScale.Identity);
        int[] steps = [1, 7, 40, 3_000, 50_000], maxImpacts = [9, 300, 200, 70_000, 5];
        for (var document = 0; document < 50_000; document++)
        {
            bulk.Add([], new SparseVector(steps.Index().Where(step => document % step.Item == 0).Select(step =>
                new TermWeight($"t{step.Index}", 1 + (document * 7919L % maxImpacts[step.Index])))));
        }

        bulk.Flush();
        return index;
    }

    // Returns the documents and impacts after each move: forward by a distance, or to the next one if it is not
    // positive.
    private static List<(int Document, int Impact)> Walk(IndexReader reader, int term, int[] moves)
    {
        var docs = MultiFields.GetTermDocsEnum(reader, null, Body, new BytesRef($"t{term}"));
        var seen = new List<(int Document, int Impact)>();
        foreach (var move in moves)
        {
            var document = move > 0 ? docs.Advance(docs.DocID + move) : docs.NextDoc();
            if (document == DocIdSetIterator.NO_MORE_DOCS)
            {
                break;
            }

            Assert.Equal(document, docs.DocID);
            seen.Add((document, docs.Freq));
        }

        return seen;
    }
}
