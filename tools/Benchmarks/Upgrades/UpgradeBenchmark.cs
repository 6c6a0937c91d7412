using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Analysis;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Indexing;
using LuceneLsr.Upgrades;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Upgrades;

/// <summary>Times the steps of an upgrade and prints a table. The baseline is the time of indexing.</summary>
internal sealed class UpgradeBenchmark : IDisposable
{
    private const string Number = "number";
    private const string Former = "body";
    private const string Next = "body.2";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("lsr-bench-");
    private readonly SparseVector[] _documents;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;

    public UpgradeBenchmark(SparseVector[] documents)
    {
        _documents = documents;
        _directory = FSDirectory.Open(Path.Combine(_folder.FullName, "index"));
        var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
        {
            Codec = new ImpactCodec(Former, Next),
        };
        config.MergePolicy = new SegmentRewritePolicy(config.MergePolicy);
        _writer = new IndexWriter(_directory, config);
    }

    public void Run(CancellationToken cancellation)
    {
        var table = new Table().RoundedBorder().Title($"{_documents.Length:N0} documents")
            .AddColumns("", "seconds", "documents/s", "MB of index");
        Measure(table, "indexing (ImpactBulkWriter)", Index);
        Measure(table, "upgrade", () => Upgrade(cancellation));
        FieldVersions.Switch(_writer, Former, Next);
        Measure(table, "drop of the former field", () => FieldVersions.Drop(_writer, Former, Former, cancellation));
        AnsiConsole.Write(table);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Index()
    {
        LsrIndexStamp.Write(_writer, Former, new VectorsAtHand(_documents), ImpactScale.Identity);
        using var bulk = new ImpactBulkWriter(_writer, Former, ImpactScale.Identity);
        foreach (var (number, vector) in _documents.Index())
        {
            bulk.Add([new StoredField(Number, number)], vector);
        }
    }

    private void Upgrade(CancellationToken cancellation) => new EncoderUpgrade(_writer, new EncoderUpgradeOptions
    {
        Field = Former,
        NewField = Next,
        Analyzer = new LsrAnalyzer(new VectorsAtHand(_documents), ImpactScale.Identity),
        WorkFolder = Path.Combine(_folder.FullName, "work"),
        GetTexts = document => [document.Get(Number)],
    }).RunAsync(cancellationToken: cancellation).GetAwaiter().GetResult();

    private void Measure(Table table, string name, Action step)
    {
        var start = Stopwatch.GetTimestamp();
        step();
        _writer.Commit();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var size = _directory.ListAll().Sum(_directory.FileLength) / 1e6;
        table.AddRow(name, $"{seconds:F1}", $"{_documents.Length / seconds:N0}", $"{size:N0}");
    }

    /// <summary>Encodes the number of a document as its vector.</summary>
    private sealed class VectorsAtHand(SparseVector[] documents) : ISparseEncoder
    {
        public string VocabularyId => "vectors at hand";

        public IReadOnlyList<SparseVector> Encode(
            IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default) =>
            [.. texts.Select(number => documents[int.Parse(number, CultureInfo.InvariantCulture)])];

        public void Dispose()
        {
        }
    }
}
