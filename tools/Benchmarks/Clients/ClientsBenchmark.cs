using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneLsr.Codecs.Impact;
using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Hosting;
using LuceneLsr.Hosting.Queries;
using LuceneLsr.Indexing;
using LuceneLsr.Onnx;
using LuceneLsr.Search;
using LuceneLsr.Tools.Common.Output;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Clients;

/// <summary>Times searches of several clients on an index in memory, and prints a table.</summary>
internal sealed class ClientsBenchmark : IDisposable
{
    private const string Field = "contents";
    private const int Depth = 10;
    private const int ChunkSize = 64;
    private const int WarmUpRounds = 500;
    private const int CacheSize = 64 << 20; // bytes, enough for all queries

    private static readonly int[] ClientCounts = [1, 2, 4];

    private readonly OnnxSparseEncoder _encoder;
    private readonly CancellationToken _cancellation;
    private readonly RAMDirectory _directory = new();
    private readonly DirectoryReader _reader;

    /// <summary>Encodes and indexes the documents.</summary>
    public ClientsBenchmark(
        OnnxSparseEncoder encoder, IReadOnlyList<BeirDocument> documents, CancellationToken cancellation)
    {
        (_encoder, _cancellation) = (encoder, cancellation);
        using var analyzer = new KeywordAnalyzer();
        using var writer = new IndexWriter(
            _directory,
            new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Codec = new ImpactCodec(Field) });
        TimedProgress.Create().Start(context =>
        {
            var progress = new DocumentProgress(context.AddTask("Encoding", maxValue: documents.Count));
            using var bulk = new ImpactBulkWriter(writer, Field, encoder.Settings.ImpactScale);
            foreach (var (chunk, vectors) in encoder.EncodeChunks(
                documents.Chunk(ChunkSize), document => document.Contents, TextSide.Document, cancellation))
            {
                foreach (var vector in vectors)
                {
                    bulk.Add([], vector);
                }

                progress.Add(chunk.Count);
            }
        });
        writer.ForceMerge(1);
        writer.Commit();
        _reader = DirectoryReader.Open(_directory);
    }

    /// <summary>Times the queries.</summary>
    /// <param name="queries">The texts of the queries.</param>
    /// <param name="server">An encoder on a server, or null.</param>
    /// <param name="rounds">The number of timed runs of each query.</param>
    public void Run(string[] queries, ISparseEncoder? server, int rounds)
    {
        var vectors = queries.Zip(_encoder.Encode(queries, TextSide.Query, _cancellation)).ToDictionary();
        var ways = new List<(string Name, Func<string, SparseVector> Encode)>
        {
            ("vectors at hand", query => vectors[query]),
            ("encoder in the process", query => _encoder.Encode(query, TextSide.Query)),
        };
        using var batches = CreateServices(cacheSize: 0);
        using var cache = CreateServices(cacheSize: CacheSize);
        ways.Add(("LuceneLsr.Hosting, batches", Hosted(batches)));
        ways.Add(("LuceneLsr.Hosting, cache", Hosted(cache)));
        if (server is not null)
        {
            ways.Add(("encoder on a server", query => server.Encode(query, TextSide.Query)));
        }

        var table = new Table().RoundedBorder()
            .Title($"{_reader.NumDocs:N0} documents, {queries.Length} queries, top {Depth}")
            .AddColumns("", "clients", "queries/s", "p50 ms", "p99 ms");
        // The runtime compiles code again while it runs often.
        ClientLoad.Run(query => Search(vectors[query]), queries, clients: 1, WarmUpRounds, _cancellation);
        foreach (var (name, encode) in ways)
        {
            foreach (var clients in ClientCounts)
            {
                var load = ClientLoad.Run(query => Search(encode(query)), queries, clients, rounds, _cancellation);
                table.AddRow(
                    name, $"{clients}", $"{load.QueriesPerSecond:F0}", $"{load.Median:F2}", $"{load.Percentile99:F2}");
            }
        }

        AnsiConsole.Write(table);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
    }

    // The container disposes its encoder, which is used after it.
    private ServiceProvider CreateServices(int cacheSize)
    {
        var services = new ServiceCollection();
        services.AddLuceneLsr(_ => new SharedEncoder(_encoder), _ => _encoder.Settings.ImpactScale)
            .Configure(options =>
            {
                options.Cache.SizeLimit = cacheSize;
                options.Policy.Timeout = TimeSpan.FromMinutes(1); // the machine may pause
            });
        return services.BuildServiceProvider();
    }

    private static Func<string, SparseVector> Hosted(ServiceProvider services)
    {
        var encoder = services.GetRequiredService<IQueryEncoder>();
        return query => encoder.EncodeAsync(query).AsTask().GetAwaiter().GetResult();
    }

    private void Search(SparseVector vector) => new ImpactSearcher(_reader).Search(
        new ImpactQuery(Field, _encoder.Settings.ImpactScale.Quantize(vector)), Depth);
}
