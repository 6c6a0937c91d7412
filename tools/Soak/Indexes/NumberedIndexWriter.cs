using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Upgrades;

namespace LuceneLsr.Tools.Soak.Indexes;

/// <summary>Writes <see cref="NumberedDocuments"/> to an index, from its last commit on.</summary>
internal sealed class NumberedIndexWriter : IDisposable
{
    private const string CountKey = "count";
    private const int BufferedDocuments = 50; // so that segments are flushed and merged all the time

    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly WritingMode _mode;
    private readonly EncoderUpgrade _upgrade;

    public NumberedIndexWriter(string folder, WritingMode mode)
    {
        _mode = mode;
        _directory = FSDirectory.Open(folder, new ExclusiveLockFactory());
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Codec = new ImpactCodec(NumberedDocuments.Body, NumberedDocuments.NextBody),
            MaxBufferedDocs = BufferedDocuments,
        };
        config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy);
        _writer = new(_directory, config);
        _upgrade = new EncoderUpgrade(_writer, new EncoderUpgradeOptions
        {
            Field = NumberedDocuments.Body,
            NewField = NumberedDocuments.NextBody,
            Analyzer = new LsrAnalyzer(new NumberedEncoder(), ImpactScale.Identity),
            WorkFolder = folder + "-work",
            GetTexts = document => [document.Get(NumberedDocuments.Id)],
        });
        Count = GetCount(_writer.CommitData);
    }

    /// <summary>Gets the number of documents up to the last commit, which includes deleted ones.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the number of documents of a commit.</summary>
    public static int GetCount(IDictionary<string, string> commitData) =>
        commitData.TryGetValue(CountKey, out var count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;

    /// <summary>Adds the next documents, deletes some of them, and commits.</summary>
    public void AddAndCommit(int documents)
    {
        try
        {
            var upgrade = _mode == WritingMode.Upgrades ? _upgrade.RunAsync() : Task.CompletedTask;
            Write(documents);
            upgrade.Wait();
            if (_mode == WritingMode.Upgrades)
            {
                _upgrade.RunAsync().Wait(); // for what was added while the first run ended
                _writer.Commit();
            }
        }
        catch
        {
            RollBack(); // disposing it would commit what it has
            throw;
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
    }

    // After a failed merge, the first call throws its error and leaves the writer open.
    private void RollBack()
    {
        try
        {
            _writer.Rollback();
        }
        catch (MergePolicy.MergeException)
        {
            _writer.Rollback();
        }
    }

    private void Write(int documents)
    {
        var numbers = Enumerable.Range(Count, documents).ToList();
        if (_mode == WritingMode.Bulk)
        {
            AddInBulk(numbers);
        }
        else
        {
            numbers.ForEach(number => _writer.AddDocument(
                [NumberedDocuments.CreateIdField(number), NumberedDocuments.CreateBodyField(number)]));
        }

        _writer.DeleteDocuments([.. numbers.Where(NumberedDocuments.IsDeleted)
            .Select(number => new Term(NumberedDocuments.Id, NumberedDocuments.GetId(number)))]);
        Count += documents;
        _writer.SetCommitData(new Dictionary<string, string>(_writer.CommitData)
        {
            [CountKey] = Count.ToString(CultureInfo.InvariantCulture),
        });
        _writer.Commit();
    }

    private void AddInBulk(List<int> numbers)
    {
        using var bulk = new ImpactBulkWriter(_writer, NumberedDocuments.Body, ImpactScale.Identity);
        numbers.ForEach(number =>
            bulk.Add([NumberedDocuments.CreateIdField(number)], NumberedDocuments.CreateVector(number)));
    }
}
