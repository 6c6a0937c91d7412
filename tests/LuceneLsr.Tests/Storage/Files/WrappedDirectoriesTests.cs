using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Storage.Cursors;
using LuceneLsr.TestSupport;
using LuceneLsr.Tests.Support;
using Directory = Lucene.Net.Store.Directory;

namespace LuceneLsr.Tests.Storage.Files;

public class WrappedDirectoriesTests
{
    private const string Body = "body";

    // The directory of an index, from two folders.
    private static readonly Dictionary<string, Func<string, string, Directory>> Directories = new()
    {
        ["caching"] = (path, _) => new NRTCachingDirectory(Map(path), maxMergeSizeMB: 0, maxCachedMB: 0),
        ["rate limit"] = (path, _) => new RateLimitedDirectoryWrapper(Map(path)),
        ["tracking"] = (path, _) => new TrackingDirectoryWrapper(Map(path)),
        ["switch, first"] = (path, other) =>
            new FileSwitchDirectory(new HashSet<string> { "doc", "imp", "cfs" }, Map(path), Map(other), doClose: true),
        ["switch, second"] = (path, other) =>
            new FileSwitchDirectory(new HashSet<string> { "si", "fnm" }, Map(path), Map(other), doClose: true),
        ["three wrappers"] = (path, _) => new NRTCachingDirectory(
            new TrackingDirectoryWrapper(new RateLimitedDirectoryWrapper(Map(path))), 0, 0),
        ["caching, in memory"] = (path, _) => new NRTCachingDirectory(Map(path), maxMergeSizeMB: 9, maxCachedMB: 9),
        ["of another program"] = (path, _) => new ForeignDirectory(Map(path)),
        ["switch, of another program"] = (path, other) => new FileSwitchDirectory(
            new HashSet<string>(), new ForeignDirectory(Map(path)), new ForeignDirectory(Map(other)), doClose: true),
    };

    private static readonly string[] Unmapped =
        ["caching, in memory", "of another program", "switch, of another program"];

    public static TheoryData<string, bool, bool> Cases => new(
        from directory in Directories.Keys
        from isImpactCodec in new[] { true, false }
        from isCompound in new[] { true, false }
        select (directory, isImpactCodec, isCompound));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Postings_in_wrapped_directory_are_mapped_where_the_file_lies_in_a_mapped_one(
        string name, bool isImpactCodec, bool isCompound)
    {
        using TemporaryFolder folder = new(), other = new();
        using var directory = Directories[name](folder.Path, other.Path);
        using var writer = Write(directory, isImpactCodec, isCompound);
        using var reader = DirectoryReader.Open(writer, applyAllDeletes: true);
        var segment = (SegmentReader)Assert.Single(reader.Leaves).Reader;
        Assert.Equal(isCompound, segment.SegmentInfo.Info.UseCompoundFile);
        Assert.Equal(!Unmapped.Contains(name), IsMapped(segment, isImpactCodec));

        var vector = new SparseVector([new("a", 3), new("b", 2)]);
        var expected = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() }
            .Search(BooleanImpactQuery.Create(Body, vector, ImpactScale.Identity), 50);
        var actual = new IndexSearcher(reader).Search(
            new ImpactQuery(Body, ImpactScale.Identity.Quantize(vector)), 50);
        Assert.Equal(
            expected.ScoreDocs.Select(hit => (hit.Doc, hit.Score)), actual.ScoreDocs.Select(hit => (hit.Doc, hit.Score)));
    }

    private static MMapDirectory Map(string path) => new(path);

    private static bool IsMapped(SegmentReader segment, bool isImpactCodec)
    {
        var postings = new SegmentPostings(segment, Body, cache: null);
        return isImpactCodec
            ? ((ImpactDocsEnum)postings.TrySeek(new Term(Body, "a"))!.Docs(null, null)).IsFast
            : postings.TryOpenCursor(new Term(Body, "a")) is BlockCursor;
    }

    private static IndexWriter Write(Directory directory, bool isImpactCodec, bool isCompound)
    {
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            UseCompoundFile = isCompound,
            MergePolicy = isCompound ? NoMergePolicy.COMPOUND_FILES : NoMergePolicy.NO_COMPOUND_FILES,
        };
        config.Codec = isImpactCodec ? new ImpactCodec(Body) : config.Codec;
        var writer = new IndexWriter(directory, config);
        using var bulk = new ImpactBulkWriter(writer, Body, ImpactScale.Identity);
        for (var document = 0; document < 300; document++)
        {
            bulk.Add(
                [new StringField("id", $"{document}", Field.Store.NO)],
                new SparseVector([new("a", 1 + (document % 5)), new("b", 1 + (document % 7))]));
        }

        return writer;
    }

    private sealed class ForeignDirectory(Directory directory) : FilterDirectory(directory);
}
