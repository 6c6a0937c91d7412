using Lucene.Net.Analysis.Core;
using Lucene.Net.Codecs;
using Lucene.Net.Codecs.Lucene46;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Postings;
using LuceneLsr.Search;
using LuceneLsr.Similarities;
using LuceneLsr.Tools.Soak.Indexes;
using FileSystem = System.IO.Directory;

namespace LuceneLsr.Tools.Soak.Damage;

/// <summary>All files of an index with deleted documents, whose impacts are searched in every way.</summary>
internal sealed class SegmentKind(string name, bool usesImpactCodec) : DamageKind(name)
{
    private const int Segments = 2;
    private const int DocumentsPerSegment = 600;
    private const int Queries = 4;

    public override bool HasChecksums => true;

    public override void Write(string folder, CancellationToken cancellationToken)
    {
        using var directory = FSDirectory.Open(folder);
        using var writer = new IndexWriter(directory, new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Codec = usesImpactCodec ? new ImpactCodec(NumberedDocuments.Body) : new Lucene46Codec(),
            UseCompoundFile = false,
            MergePolicy = NoMergePolicy.NO_COMPOUND_FILES,
        });
        for (var number = 0; number < Segments * DocumentsPerSegment; number++)
        {
            writer.AddDocument(
                [NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number)]);
            if ((number + 1) % DocumentsPerSegment == 0)
            {
                writer.Commit();
            }
        }

        writer.DeleteDocuments(Enumerable.Range(0, Segments * DocumentsPerSegment)
            .Where(NumberedDocuments.IsDeleted)
            .Select(number => new Term(NumberedDocuments.Id, NumberedDocuments.GetId(number))).ToArray());
    }

    public override IEnumerable<string> ListFiles(string folder) =>
        FileSystem.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != IndexWriter.WRITE_LOCK_NAME);

    public override string Read(string folder)
    {
        ImpactPostingsFormat.Register();
        using var directory = FSDirectory.Open(folder);
        using var reader = Open(directory);
        var cache = new ImpactCache(long.MaxValue);
        cache.Warm(reader, NumberedDocuments.Body);
        var random = new Random(0);
        return string.Join('\n', Enumerable.Range(0, Queries)
            .Select(_ => NumberedDocuments.CreateQuery(random)).SelectMany(query => Search(reader, query, cache)));
    }

    public override bool IsExpected(Exception exception) =>
        exception is CorruptIndexException or OpeningException;

    public override bool IsDetected(string folder)
    {
        using var directory = FSDirectory.Open(folder);
        try
        {
            return !new CheckIndex(directory).DoCheckIndex().Clean;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return true; // CheckIndex itself fails on some damage
        }
    }

    // What Lucene throws when it opens damaged files is not ours.
    private static DirectoryReader Open(FSDirectory directory)
    {
        try
        {
            return DirectoryReader.Open(directory);
        }
        catch (Exception exception) when (exception is IOException || !IsInOurCode(exception))
        {
            throw new OpeningException(exception);
        }
    }

    private static bool IsInOurCode(Exception exception) =>
        exception.StackTrace?.Contains("LuceneLsr.Codecs", StringComparison.Ordinal) == true;

    private static IEnumerable<string> Search(DirectoryReader reader, TermImpact[] terms, ImpactCache cache)
    {
        var impacts = new ImpactQuery(NumberedDocuments.Body, terms);
        var lucene = new IndexSearcher(reader) { Similarity = new ImpactSimilarity() };
        yield return Format(new ImpactSearcher(reader).Search(impacts, int.MaxValue));
        yield return Format(new ImpactSearcher(reader)
            .Search(new ImpactQuery(NumberedDocuments.Body, terms, cache), int.MaxValue));
        yield return Format(lucene.Search(impacts, int.MaxValue));
        yield return lucene.Explain(impacts, reader.MaxDoc / 2).ToString();
    }

    private static string Format(TopDocs hits) =>
        string.Join(' ', hits.ScoreDocs.Select(hit => $"{hit.Doc}:{hit.Score}"));

    private sealed class OpeningException(Exception cause) : Exception(cause.Message, cause);
}
