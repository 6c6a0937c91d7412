namespace LuceneLsr.Architecture.Tests;

/// <summary>
/// The allowed arrows between libraries, and between the folders (namespaces) of an assembly. The diagrams in
/// <c>docs/architecture.md</c> show the same arrows.
/// </summary>
internal static class Arrows
{
    /// <summary>The libraries of this repository that each library may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> Libraries { get; } = new Dictionary<string, string[]>
    {
        ["LuceneLsr.Core"] = [],
        ["LuceneLsr.Tokenization"] = ["LuceneLsr.Core"],
        ["LuceneLsr.Onnx"] = ["LuceneLsr.Core", "LuceneLsr.Tokenization"],
        ["LuceneLsr.VectorFiles"] = ["LuceneLsr.Core"],
        ["LuceneLsr"] = ["LuceneLsr.Core"],
        ["LuceneLsr.Http"] = ["LuceneLsr.Core"],
        ["LuceneLsr.Hosting"] = ["LuceneLsr.Core", "LuceneLsr", "LuceneLsr.Http"],
        ["LuceneLsr.Orleans"] = ["LuceneLsr.Core", "LuceneLsr", "LuceneLsr.Hosting"],
        ["LuceneLsr.Orleans.S3"] = ["LuceneLsr.Orleans"],
        ["LuceneLsr.Torch"] = ["LuceneLsr.Core", "LuceneLsr.Tokenization"],
        ["LuceneLsr.Onnx.Export"] =
            ["LuceneLsr.Core", "LuceneLsr.Tokenization", "LuceneLsr.Onnx", "LuceneLsr.Torch"],
        ["LuceneLsr.Evaluation"] = ["LuceneLsr.Core", "LuceneLsr"],
        ["LuceneLsr.Playground"] = ["LuceneLsr.Core", "LuceneLsr", "LuceneLsr.Evaluation"],
        ["LuceneLsr.Training"] =
            ["LuceneLsr.Core", "LuceneLsr.Tokenization", "LuceneLsr", "LuceneLsr.Torch", "LuceneLsr.Evaluation"],
    };

    /// <summary>
    /// The folders of each assembly, from the bottom to the top: a folder may use only those listed before it. "" is
    /// the root folder.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Folders { get; } = new Dictionary<string, string[]>
    {
        ["LuceneLsr.Core"] = ["Files", ""],
        ["LuceneLsr.Http"] = [""],
        ["LuceneLsr.Hosting"] = ["Settings", "Telemetry", "Caching", "Batching", "Queries", "Health", ""],
        ["LuceneLsr.Orleans"] =
            ["Stores", "Messages", "Configuration", "Logs", "Indexes", "Placement", "Replicas", "Grains", "Clients", ""],
        ["LuceneLsr.Orleans.S3"] = [""],
        ["LuceneLsr.Tokenization"] =
        [
            "", "Tokenizers.Normalizers", "Tokenizers.Pipeline", "Tokenizers.Models", "Tokenizers.HuggingFace",
            "Tokenizers.SentencePiece", "Tokenizers", "Settings", "Weights", "Layouts", "Terms", "Queries", "Encoders",
        ],
        ["LuceneLsr.Onnx"] = ["Sessions", "Heads", ""],
        ["LuceneLsr.Onnx.Export"] = ["Graphs", "Matrices", "Backbones", "Heads", ""],
        ["LuceneLsr.VectorFiles"] =
            ["Vocabularies", "Precisions", "Formats", "Mappings", "Matrices", "Parts", "Exports", ""],
        ["LuceneLsr"] =
        [
            "Analysis", "Documents", "Indexing", "Upgrades", "Similarities",
            "Storage.Cursors", "Storage.Packing", "Storage", "Storage.Layouts", "Storage.Files",
            "Codecs.Impact", "Codecs.Lucene41", "Postings", "Edits", "Search.Scoring", "Search", "Search.Feedback",
            "Search.Fusion", "QueryParsing", "Highlighting", "Inspection",
        ],
        ["LuceneLsr.Torch"] =
            ["Arithmetic", "Weights", "Modules", "Configs", "Models", "Heads", "Checkpoints.Adapters", "Checkpoints", ""],
        ["LuceneLsr.Evaluation"] =
        [
            "Collections", "Vectors", "Runs", "Metrics", "Significance", "Fusion", "Rankers", "Comparisons", "Measurements",
            "Sweeps", "Supervision", "Drift",
        ],
        ["LuceneLsr.Playground"] = ["Messages", "Rules", "Searching", "Security", "Api", "Agents", ""],
        ["LuceneLsr.Training"] =
        [
            "Tokenizers", "Lexical", "Semantic", "Models", "Recipes", "Data", "Teachers", "Losses", "Tasks", "Runs",
            "Logs", "Phases", "Mining",
        ],
        ["LuceneLsr.Tools.Common"] = ["Options", "Output", ""],
        ["LuceneLsr.Tools.Plots"] = [""],
        ["lsr-search"] = ["Options", "Tradeoffs", "Sweeps", "Views", "Commands"],
        ["lsr-train"] = ["Options", "Logs", "Commands"],
        ["lsr-bench"] =
        [
            "Measurement", "Models", "Workloads", "Kernels", "Queries", "Costs", "Hosts", "Scale", "Upgrades", "Clients",
            "Encoders", "Engines", "Training",
        ],
        ["lsr-catalog"] = ["Products", "Searching", "Engines", "Lexical", "Learned", "Upgraded", ""],
        ["lsr-cluster"] = ["Simulations", "Options", "Silos", "Loads", "Commands"],
        ["lsr-claims"] = ["Reports", "Runs", "Commands"],
        ["lsr-serve"] = ["Common.Options", "Serve"],
        ["lsr-soak"] = ["Processes", "Indexes", "Scenarios", "Races", "Damage", "Queries", "Disks", "Commands"],
    };
}
