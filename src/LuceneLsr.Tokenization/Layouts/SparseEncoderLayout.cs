using LuceneLsr.Files;
using LuceneLsr.Tokenization.Tokenizers;

namespace LuceneLsr.Tokenization.Layouts;

/// <summary>
/// The layout of a sentence-transformers SparseEncoder: <c>modules.json</c> lists a masked language model and
/// <c>SpladePooling</c>, or a <c>Router</c> with these for documents and, for queries, the same or a table
/// (<c>SparseStaticEmbedding</c>).
/// </summary>
/// <remarks>https://sbert.net/docs/package_reference/sparse_encoder/modules.html</remarks>
internal static class SparseEncoderLayout
{
    /// <summary>The file that lists the modules.</summary>
    public const string FileName = "modules.json";

    /// <summary>The optional file with the settings of a module with a language model.</summary>
    public const string TransformerFileName = "sentence_bert_config.json";

    private const string ModelTask = "fill-mask";

    /// <summary>Returns whether a directory has modules of sentence-transformers.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Reads the layout of a directory.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or has an unsupported feature.
    /// </exception>
    public static CheckpointLayout Read(string directory)
    {
        var sides = SparseModule.ReadSides(directory);
        var (model, pooling) = ReadModel(directory, sides.Document, "documents");
        var table = FindTable(directory, sides.Query);
        var queryPooling = pooling;
        if (table is null)
        {
            (var queryModel, queryPooling) = ReadModel(directory, sides.Query, "queries");
            Check(directory, queryModel == model,
                "queries and documents have different language models, but only one model is supported.");
        }

        var tokenizer = TextTokenizer.Load(model);
        var settings = PublicSettings.Create(
            tokenizer, InputLength.Read(model), new(queryPooling, pooling), table is not null);
        var prompts = Prompts.Read(directory, hasQueryTable: table is not null);
        return new CheckpointLayout(
            model, tokenizer, prompts.ApplyTo(settings, tokenizer) with { LowerCase = ReadsLowerCase(model) })
        {
            QueryTable = table,
        };
    }

    private static (string Directory, SpladePooling Pooling) ReadModel(
        string directory, IReadOnlyList<SparseModule> modules, string side)
    {
        Check(directory, modules is [{ IsMaskedLm: true }, { ClassName: nameof(SpladePooling) }],
            $"the modules of {side} are {string.Join(", ", modules.Select(module => module.ClassName))}. Supported are "
            + "a Transformer or MLMTransformer with SpladePooling and, for queries, a SparseStaticEmbedding.");
        var (model, pooling) = (modules[0], modules[1]);
        if (model.ClassName == "Transformer")
        {
            RequireModelTask(Path.Combine(model.Directory, TransformerFileName));
        }

        return (model.Directory, SpladePooling.Read(Path.Combine(pooling.Directory, "config.json")));
    }

    private static void RequireModelTask(string path)
    {
        CheckpointFile.RequireExists(
            path, $"A Transformer with SpladePooling has its task, {ModelTask}, in this file.");
        CheckpointFile.ReadJson(path, config =>
        {
            var task = config.GetOptional("transformer_task") is null ? null : config.GetText("transformer_task");
            Require.Field(task == ModelTask, "transformer_task", task, $"only '{ModelTask}' is supported");
            return task;
        });
    }

    private static QueryTable? FindTable(string directory, IReadOnlyList<SparseModule> modules)
    {
        if (modules is not [{ ClassName: "SparseStaticEmbedding" or "IDF" } embedding])
        {
            return null;
        }

        var weights = Path.Combine(embedding.Directory, "model.safetensors");
        return File.Exists(weights) ? new QueryTable(weights)
            : QueryTable.TryFind(embedding.Directory) ?? QueryTable.TryFind(directory)
            ?? throw new CheckpointException(weights, "file not found. Queries get their weights from it. Convert a "
                + "pytorch_model.bin with safetensors.torch.save_file.");
    }

    private static bool ReadsLowerCase(string model)
    {
        var path = Path.Combine(model, TransformerFileName);
        return File.Exists(path) && CheckpointFile.ReadJson(path, config => config.GetFlag("do_lower_case"));
    }

    private static void Check(string directory, bool condition, string problem)
    {
        if (!condition)
        {
            throw new CheckpointException(Path.Combine(directory, FileName), problem);
        }
    }
}
