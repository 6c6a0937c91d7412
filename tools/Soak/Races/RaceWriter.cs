using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Soak.Indexes;

namespace LuceneLsr.Tools.Soak.Races;

/// <summary>Adds, updates and deletes documents, and commits, from two threads on one index writer.</summary>
internal sealed class RaceWriter : IDisposable
{
    private const int Batch = 40;
    private const int MaxDocuments = 20_000; // later numbers replace earlier ones

    private readonly FSDirectory _directory;
    private int _written;

    public RaceWriter(string folder)
    {
        _directory = FSDirectory.Open(folder, new ExclusiveLockFactory());
        Writer = new(_directory, new(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Codec = new ImpactCodec(NumberedDocuments.Body),
            MaxBufferedDocs = Batch,
        });
    }

    public IndexWriter Writer { get; }

    /// <summary>Gets the number of documents that were written.</summary>
    public int Written => _written;

    /// <summary>Replaces documents one by one, deletes one, and commits.</summary>
    public void AddAndCommit()
    {
        for (var added = 0; added < Batch; added++)
        {
            var number = NextNumber();
            Writer.UpdateDocument(
                CreateTerm(number),
                [NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number)]);
        }

        Writer.DeleteDocuments(CreateTerm(_written / 2 % MaxDocuments));
        Writer.Commit();
    }

    /// <summary>Adds a batch of documents.</summary>
    public void AddInBulk()
    {
        using var bulk = new ImpactBulkWriter(Writer, NumberedDocuments.Body, ImpactScale.Identity);
        for (var added = 0; added < Batch; added++)
        {
            var number = NextNumber();
            Writer.DeleteDocuments(CreateTerm(number));
            bulk.Add([NumberedDocuments.CreateIdField(number)], NumberedDocuments.CreateVector(number));
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        _directory.Dispose();
    }

    private static Term CreateTerm(int number) => new(NumberedDocuments.Id, NumberedDocuments.GetId(number));

    private int NextNumber() => Interlocked.Increment(ref _written) % MaxDocuments;
}
