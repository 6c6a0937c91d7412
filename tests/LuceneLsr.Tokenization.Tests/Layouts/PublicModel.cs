using System.Text;
using System.Text.Json.Nodes;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Tokenization.Tests.Layouts;

/// <summary>Directories of public sparse models in miniature, without weights of the language model.</summary>
internal static class PublicModel
{
    public const int Cls = 2, Sep = 3, Film = 6, Ing = 9;

    /// <summary>Gets the tokens, by id.</summary>
    public static IReadOnlyList<string> Tokens { get; } =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "film", "movie", "run", "##ing", "?", "[unused0]"];

    private static string Package => "sentence_transformers.sparse_encoder.models";

    /// <summary>Writes the files of naver/splade-cocondenser-ensembledistil but its weights.</summary>
    public static void WriteSplade(TemporaryFolder folder, string path = "", string architecture = "BertForMaskedLM")
    {
        folder.Write(Path.Combine(path, "config.json"),
            $$"""
            {"architectures": ["{{architecture}}"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": 768,
             "max_position_embeddings": 512, "pad_token_id": 0, "type_vocab_size": 2, "vocab_size": 12}
            """);
        folder.Write(Path.Combine(path, "vocab.txt"), string.Concat(Tokens.Select(token => token + "\n")));
        folder.Write(Path.Combine(path, "tokenizer_config.json"),
            """
            {"do_lower_case": true, "model_max_length": 512, "strip_accents": null, "tokenize_chinese_chars": true,
             "tokenizer_class": "BertTokenizer", "unk_token": "[UNK]"}
            """);
    }

    /// <summary>
    /// Writes the files that the SparseEncoder of naver/splade-v3 has besides SPLADE's, as sentence-transformers 5.0
    /// saves them.
    /// </summary>
    public static void WriteSparseEncoder(TemporaryFolder folder)
    {
        WriteSplade(folder);
        folder.Write("modules.json",
            $$"""
            [{"idx": 0, "name": "0", "path": "", "type": "{{Package}}.MLMTransformer"},
             {"idx": 1, "name": "1", "path": "1_SpladePooling", "type": "{{Package}}.SpladePooling"}]
            """);
        folder.Write("sentence_bert_config.json", """{"max_seq_length": 256, "do_lower_case": false}""");
        folder.Write("config_sentence_transformers.json",
            """
            {"model_type": "SparseEncoder", "__version__": {"sentence_transformers": "5.0.0"},
             "prompts": {"query": "", "document": ""}, "default_prompt_name": null, "similarity_fn_name": "dot"}
            """);
        WritePooling(folder, "1_SpladePooling");
    }

    /// <summary>
    /// Writes the files of opensearch-project/opensearch-neural-sparse-encoding-doc-v3-distill. Its language model is
    /// in the directory itself, so the module has an empty name.
    /// </summary>
    public static void WriteRouter(TemporaryFolder folder, string model = "")
    {
        WriteSplade(folder, model);
        folder.Write("modules.json",
            """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Router"}]""");
        folder.Write("router_config.json",
            $$"""
            {"types": {"query_0_SparseStaticEmbedding": "{{Package}}.SparseStaticEmbedding",
               "{{model}}": "{{Package}}.MLMTransformer", "document_1_SpladePooling": "{{Package}}.SpladePooling"},
             "structure": {"query": ["query_0_SparseStaticEmbedding"],
               "document": ["{{model}}", "document_1_SpladePooling"]},
             "parameters": {"default_route": "document", "allow_empty_key": true} }
            """);
        WritePooling(folder, "document_1_SpladePooling", activation: "log1p_relu");
        folder.Write("query_0_SparseStaticEmbedding/config.json", """{"frozen": true}""");
        folder.Write("query_0_SparseStaticEmbedding/model.safetensors",
            CreateSafetensors("F32", [1, 1, 1, 1, 1, 0.5f, 6, 5, 4, 3, 2, -1]));
    }

    /// <summary>Writes the settings of a pooling module.</summary>
    public static void WritePooling(
        TemporaryFolder folder, string path, string strategy = "max", string activation = "relu") =>
        folder.Write($"{path}/config.json",
            $$"""
            {"pooling_strategy": "{{strategy}}", "activation_function": "{{activation}}",
             "word_embedding_dimension": 12}
            """);

    /// <summary>Creates a file with one tensor "weight" of one dimension.</summary>
    public static byte[] CreateSafetensors(string dtype, float[] values)
    {
        byte[] data = [.. values.SelectMany(value => dtype switch
        {
            "F32" => BitConverter.GetBytes(value),
            "F16" => BitConverter.GetBytes((Half)value),
            "BF16" => BitConverter.GetBytes(value)[2..], // the upper half of a float
            _ => [(byte)value],
        })];
        var header = new JsonObject
        {
            ["weight"] = new JsonObject
            {
                ["dtype"] = dtype,
                ["shape"] = new JsonArray(values.Length),
                ["data_offsets"] = new JsonArray(0, data.Length),
            },
        };
        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        return [.. BitConverter.GetBytes((long)json.Length), .. json, .. data];
    }
}
