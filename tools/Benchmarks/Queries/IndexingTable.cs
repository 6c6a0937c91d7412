using LuceneLsr.Documents;
using LuceneLsr.Indexing;
using LuceneLsr.Tools.Benchmarks.Workloads;
using Spectre.Console;

namespace LuceneLsr.Tools.Benchmarks.Queries;

/// <summary>Prints indexing rates and index sizes, with <see cref="ImpactField"/> as the baseline.</summary>
internal static class IndexingTable
{
    private const int FieldDocuments = 20_000; // ImpactField is slow; these are enough for a rate

    public static void Write(IWorkload workload, WorkloadIndexes indexes, CancellationToken cancellation)
    {
        using var fields = WorkloadIndex.CreateByField(
            "ImpactField, default codec", workload, FieldDocuments, cancellation);
        var table = new Table().RoundedBorder()
            .Title($"Indexing {indexes.DefaultCodec.Count:N0} documents into one segment")
            .AddColumns("", "documents/s", "speed-up", "MB", "size")
            .AddRow(
                $"ImpactField, default codec ({fields.Count:N0} documents)", $"{fields.DocumentsPerSecond:F0}", "1.0x",
                $"{fields.SizeInBytes / 1e6:F1}");
        foreach (var bulk in indexes.All)
        {
            table.AddRow(
                $"{nameof(ImpactBulkWriter)}, {bulk.Name}", $"{bulk.DocumentsPerSecond:F0}",
                $"{bulk.DocumentsPerSecond / fields.DocumentsPerSecond:F1}x", $"{bulk.SizeInBytes / 1e6:F1}",
                $"{(double)bulk.SizeInBytes / indexes.DefaultCodec.SizeInBytes:F2}x");
        }

        AnsiConsole.Write(table);
    }
}
