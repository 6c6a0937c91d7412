using LuceneLsr.TestSupport;
using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Tests.Reference;
using LuceneLsr.Torch.Tests.Support;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Torch.Tests.Checkpoints;

/// <summary>
/// Directories of public sparse models without <c>lsr.json</c>. Expected weights are those of SpladePooling
/// (sentence-transformers): all positions are pooled, [CLS] and [SEP] among them.
/// </summary>
public sealed class PublicLayoutTests : IDisposable
{
    private const int Cls = 2, Sep = 3, Film = 5, Ing = 6;

    private static readonly string[] Vocabulary =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "film", "##ing",
        .. Enumerable.Range(7, 293).Select(id => $"t{id}"),
    ];

    private static readonly EncoderConfig Config = TinyEncoder.Create("bert");

    private readonly ReferenceWeights _weights = ReferenceWeights.Random(Config, seed: 31);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_masked_language_model_encodes_as_SPLADE()
    {
        WriteModel("");
        AssertEncodes(TextSide.Query, TermPooling.Max, Saturation.Log, firstTerm: 0);
        AssertEncodes(TextSide.Document, TermPooling.Max, Saturation.Log, firstTerm: 0);
    }

    [Fact]
    public void Load_sparse_encoder_encodes_as_its_modules()
    {
        WriteModel("0_MLMTransformer");
        _folder.Write("modules.json",
            """
            [{"idx": 0, "name": "0", "path": "0_MLMTransformer", "type": "x.MLMTransformer"},
             {"idx": 1, "name": "1", "path": "1_SpladePooling", "type": "x.SpladePooling"}]
            """);
        _folder.Write("1_SpladePooling/config.json", """{"pooling_strategy": "sum", "activation_function": "relu"}""");
        AssertEncodes(TextSide.Document, TermPooling.SaturatedSum, Saturation.Log, firstTerm: 0);
        Assert.Contains(_folder.File("0_MLMTransformer/model.safetensors"), CheckpointFiles.Enumerate(_folder.Path));
    }

    [Fact]
    public void Load_router_encodes_documents_with_model_and_queries_with_table()
    {
        WriteRouter();
        AssertEncodes(TextSide.Document, TermPooling.Max, Saturation.LogLog, firstTerm: 5);
        AssertQuery(_folder.Path);
    }

    [Fact]
    public void Save_router_with_its_files_writes_checkpoint_with_same_vectors()
    {
        WriteRouter();
        using var saved = new TemporaryFolder();
        using (var checkpoint = Checkpoint.Load(_folder.Path))
        {
            checkpoint.SaveWithFilesFrom(_folder.Path, saved.Path, Precision.Float32);
        }

        using var expected = TorchSparseEncoder.Load(_folder.Path);
        using var actual = TorchSparseEncoder.Load(saved.Path);
        Assert.Equal(expected.VocabularyId, actual.VocabularyId);
        Assert.Equal(expected.Settings, actual.Settings);
        Assert.Equal(expected.Document("filming t9").Entries, actual.Document("filming t9").Entries);
        AssertQuery(saved.Path);
    }

    private static void AssertQuery(string directory)
    {
        using var encoder = InferenceFreeQueryEncoder.Load(directory);
        Assert.Equal(
            [new("film", 2), new("##ing", 0.5f)], encoder.Encode(["filming"], TextSide.Query)[0].Entries);
    }

    private void AssertEncodes(TextSide side, TermPooling pooling, Saturation saturation, int firstTerm)
    {
        using var encoder = TorchSparseEncoder.Load(_folder.Path);
        var vector = encoder.Encode(["FILMing t9"], side)[0].Entries
            .ToDictionary(entry => entry.Term, entry => entry.Weight, StringComparer.Ordinal);
        var expected = new ReferenceEncoder(Config, _weights).ComputePooledWeights(
            [Cls], [Film, Ing, 9, Sep], AttentionVariant.Bidirectional, scale: 1, pooledHead: 1, pooling, saturation);
        Assert.Contains(0, expected);
        Assert.Equal(expected.Skip(firstTerm).Count(weight => weight > 0), vector.Count);
        Assert.All(vector, entry =>
            Assert.Equal(expected[Array.IndexOf(Vocabulary, entry.Key)], entry.Value, tolerance: 1e-4));
    }

    private void WriteRouter()
    {
        WriteModel("");
        _folder.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "x.Router"}]""");
        _folder.Write("router_config.json",
            """
            {"types": {"query_0_SparseStaticEmbedding": "x.SparseStaticEmbedding", "": "x.MLMTransformer",
               "document_1_SpladePooling": "x.SpladePooling"},
             "structure": {"query": ["query_0_SparseStaticEmbedding"], "document": ["", "document_1_SpladePooling"]},
             "parameters": {} }
            """);
        _folder.Write("document_1_SpladePooling/config.json",
            """{"pooling_strategy": "max", "activation_function": "log1p_relu"}""");
        float[] table = [9, 9, 9, 9, 9, 2, 0.5f, .. Enumerable.Repeat(0f, 293)];
        _folder.Write("query_0_SparseStaticEmbedding/model.safetensors",
            ReferenceSafetensors.CreateBytes([("weight", [table.Length], table)]));
    }

    private void WriteModel(string path)
    {
        Directory.CreateDirectory(_folder.File(path));
        Config.Save(_folder.File(path));
        _folder.Write(Path.Combine(path, "vocab.txt"), string.Concat(Vocabulary.Select(token => token + "\n")));
        _folder.Write(Path.Combine(path, "model.safetensors"), ReferenceSafetensors.CreateBytes(_weights));
    }
}
