using CsCheck;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Documents;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tests.Codecs;

/// <summary>
/// Cuts the files that hold a field's postings and term dictionary, or damages one byte of them. A byte that only
/// CheckIndex can detect gives other impacts or documents, but never documents that do not exist, another error, or no
/// end.
/// </summary>
public class DamagedSegmentTests
{
    private const string Body = "body";
    private const int Documents = 3_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly TermImpact[] Terms =
        [.. Enumerable.Range(0, 8).Select(term => new TermImpact($"t{term}", 3))];

    [Theory]
    [InlineData(false, "doc")]
    [InlineData(false, "tim")]
    [InlineData(false, "tip")]
    [InlineData(true, "imp")]
    [InlineData(true, "tim")]
    [InlineData(true, "tip")]
    public async Task Read_of_damaged_file_succeeds_or_throws_CorruptIndexException(
        bool isImpactCodec, string extension)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, isImpactCodec ? new ImpactCodec(Body) : new Lucene46Codec());
        var path = System.IO.Directory.GetFiles(folder.Path, $"*.{extension}").First();
        var cancellation = TestContext.Current.CancellationToken;
        await Task.Run(() => DamageAndRead(folder.Path, path, isImpactCodec), cancellation).WaitAsync(Limit, cancellation);
    }

    // Lucene's enumeration of such a dictionary may follow a block into itself and never end.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Warm_with_any_damaged_byte_of_dictionary_throws(bool isImpactCodec)
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, isImpactCodec ? new ImpactCodec(Body) : new Lucene46Codec());
        var path = System.IO.Directory.GetFiles(folder.Path, "*.tim").First();
        var intact = File.ReadAllBytes(path);
        Assert.All(Enumerable.Range(0, intact.Length), position =>
        {
            byte[] damaged = [.. intact];
            damaged[position] ^= 28;
            File.WriteAllBytes(path, damaged);
            using var directory = FSDirectory.Open(folder.Path);
            using var reader = TryOpen(directory, isImpactCodec);
            if (reader is not null)
            {
                Assert.Throws<CorruptIndexException>(() => new ImpactCache(long.MaxValue).Warm(reader, Body));
            }
        });
    }

    private static void DamageAndRead(string folder, string path, bool isImpactCodec)
    {
        var intact = File.ReadAllBytes(path);
        Assert.All(Enumerable.Range(0, 100), length =>
        {
            File.WriteAllBytes(path, intact[..(intact.Length * length / 100)]);
            Read(folder, isImpactCodec);
        });
        Gen.Select(Gen.Int[0, intact.Length - 1], Gen.Byte[1, 255]).Sample(
            (position, change) =>
            {
                byte[] damaged = [.. intact];
                damaged[position] ^= change;
                File.WriteAllBytes(path, damaged);
                Read(folder, isImpactCodec);
            },
            iter: 300,
            threads: 1);
    }

    private static void Read(string folder, bool isImpactCodec)
    {
        using var directory = FSDirectory.Open(folder);
        using var reader = TryOpen(directory, isImpactCodec);
        if (reader is null)
        {
            return;
        }

        Allow(() => AssertExist(new ImpactSearcher(reader).Search(new ImpactQuery(Body, Terms), Documents), reader));
        Allow(() => AssertExist(new IndexSearcher(reader).Search(new ImpactQuery(Body, Terms), Documents), reader));
        var cache = new ImpactCache(long.MaxValue);
        Allow(() => cache.Warm(reader, Body));
        Allow(() => AssertExist(
            new ImpactSearcher(reader).Search(new ImpactQuery(Body, Terms, cache), Documents), reader));
        Allow(() => new IndexSearcher(reader).Explain(new ImpactQuery(Body, Terms), doc: 7));
    }

    // What Lucene's own codec throws when it opens damaged files is not ours.
    private static DirectoryReader? TryOpen(FSDirectory directory, bool isImpactCodec)
    {
        try
        {
            return DirectoryReader.Open(directory);
        }
        catch (Exception exception) when (exception is IOException || !isImpactCodec)
        {
            return null;
        }
    }

    private static void Allow(Action read)
    {
        try
        {
            read();
        }
        catch (CorruptIndexException)
        {
        }
    }

    private static void AssertExist(TopDocs hits, IndexReader reader) =>
        Assert.All(hits.ScoreDocs, hit => Assert.InRange(hit.Doc, 0, reader.MaxDoc - 1));

    private static void Write(string folder, Codec codec)
    {
        using var directory = FSDirectory.Open(folder);
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Codec = codec,
            UseCompoundFile = false,
        };
        using var writer = new IndexWriter(directory, config);
        for (var document = 0; document < Documents; document++)
        {
            var weights = Terms.Index().Where(term => document % (1 << term.Index) == 0)
                .Select(term => new TermWeight(term.Item.Term, 1 + (document * 7919L % 200)));
            writer.AddDocument([new ImpactField(Body, new SparseVector(weights), ImpactScale.Identity)]);
        }

        writer.Commit();
        writer.DeleteDocuments(new Term(Body, "t7"));
    }
}
