using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Models;

/// <summary>A temporary checkpoint directory with random BF16 weights. Disposing it deletes the directory.</summary>
internal sealed class RandomCheckpoint : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lsr-bench-");

    public RandomCheckpoint(DecoderConfig config)
    {
        try
        {
            Write(config);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => _folder.FullName;

    /// <summary>Gets the size of the weights file.</summary>
    public long SizeInBytes => new FileInfo(System.IO.Path.Combine(Path, Checkpoint.WeightsFileName)).Length;

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(DecoderConfig config)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, TextTokenizer.FileName), CreateByteTokenizer());
        var tokenizer = TextTokenizer.Load(Path);
        var settings = new LsrSettings();
        var defaultType = get_default_dtype();
        set_default_dtype(ScalarType.BFloat16); // so that a large model never exists in FP32
        try
        {
            using var checkpoint = Checkpoint.Create(
                config, tokenizer, TermVocabulary.FromTokens(tokenizer, settings.TermRule), settings);
            checkpoint.Save(Path, Precision.BFloat16);
        }
        finally
        {
            set_default_dtype(defaultType);
        }
    }

    // The smallest valid tokenizer. The benchmarks start from token ids or from texts of single letters.
    private static string CreateByteTokenizer() => new JsonObject
    {
        ["pre_tokenizer"] =
            new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["use_regex"] = true },
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["vocab"] = new JsonObject(ByteLevelAlphabet.Characters.Order()
                .Select((character, id) => KeyValuePair.Create(character.ToString(), (JsonNode?)id))),
            ["merges"] = new JsonArray(),
        },
    }.ToJsonString();
}
