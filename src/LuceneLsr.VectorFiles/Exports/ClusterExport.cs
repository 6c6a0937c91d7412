using System.Buffers;
using System.Text;
using System.Text.Json;
using LuceneLsr.VectorFiles.Formats;
using LuceneLsr.VectorFiles.Mappings;

namespace LuceneLsr.VectorFiles.Exports;

/// <summary>
/// Writes what a cluster of Elasticsearch or OpenSearch needs: <c>mapping.json</c>, <c>bulk-*.ndjson</c> of one request
/// each, <c>serving.json</c> for the loaded index, <c>queries.ndjson</c> for <c>_msearch</c>, <c>query.json</c> with
/// the first query for <c>_search</c>, and the script <c>load.sh</c>, which sends all but the queries.
/// </summary>
/// <param name="mapping">The mapping.</param>
/// <param name="index">The name of the index.</param>
/// <param name="queries">The format of queries.</param>
public sealed class ClusterExport(IndexMapping mapping, string index, MultiSearchFormat queries) : IVectorExport
{
    /// <summary>
    /// Gets the length of a bulk request in bytes, at least 1. Both engines recommend 5 to 15 MB and accept 100 MB.
    /// </summary>
    public long MaxRequestBytes
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxRequestBytes), value, "A request must have at least one byte.");
    } = 10_000_000;

    /// <inheritdoc/>
    public ExportSummary Write(ExportSource source, string directory) =>
        Write(source, directory, mapping, format => format);

    internal ExportSummary Write(
        ExportSource source, string directory, IndexMapping complete, Func<IVectorFormat, IVectorFormat> adapt)
    {
        ArgumentNullException.ThrowIfNull(source);
        File.WriteAllText(Path.Combine(directory, "mapping.json"), complete.ToCreationJson());
        File.WriteAllText(Path.Combine(directory, "serving.json"), complete.ToServingJson());
        File.WriteAllText(Path.Combine(directory, "load.sh"), LoadScript.Create(index));
        var documents = ExportFiles.WriteRequests(
            directory, "bulk", adapt(new BulkFormat(null, complete.Field)), source.Documents, MaxRequestBytes);
        var count = 0L;
        if (source.Queries.FirstOrDefault() is { } first)
        {
            count = ExportFiles.Write(Path.Combine(directory, "queries.ndjson"), adapt(queries), source.Queries);
            File.WriteAllText(Path.Combine(directory, "query.json"), FormatBody(adapt(queries), first));
        }

        return new(documents, count);
    }

    private static string FormatBody(IVectorFormat format, VectorRecord query)
    {
        var lines = new ArrayBufferWriter<byte>();
        format.Write(lines, query);
        var body = Encoding.UTF8.GetString(lines.WrittenSpan).Split('\n')[1];
        return ReadableJson.Format(JsonElement.Parse(body));
    }
}
