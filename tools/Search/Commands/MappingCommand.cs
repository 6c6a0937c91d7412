using System.CommandLine;
using LuceneLsr.Tools.Common;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Tools.Search.Options;

namespace LuceneLsr.Tools.Search.Commands;

/// <summary>"mapping": prints the mapping of an index of Elasticsearch or OpenSearch.</summary>
internal static class MappingCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format")
        {
            Description = "Format of the documents, as for encode and export: elasticsearch (sparse_vector), "
                + "opensearch and rank-features (rank_features), opensearch-sparse-vector.",
            Required = true,
        }.Accept(
            FormatNames.Elasticsearch, FormatNames.OpenSearch, FormatNames.OpenSearchSparseVector,
            FormatNames.RankFeatures);
        Option<bool> serving = new("--serving")
        {
            Description = "Print the settings for the loaded index (PUT /index/_settings) instead.",
        };
        var command = new Command(
            "mapping",
            "Print the settings and mapping that create an index of Elasticsearch or OpenSearch (PUT /index).")
        {
            format, serving,
        };
        var mappings = new MappingOptions(command);
        command.SetWork((parsed, _) =>
        {
            var mapping = mappings.Create(parsed, parsed.GetValue(format)!);
            Console.Out.Write(parsed.GetValue(serving) ? mapping.ToServingJson() : mapping.ToCreationJson());
        });
        return command;
    }
}
