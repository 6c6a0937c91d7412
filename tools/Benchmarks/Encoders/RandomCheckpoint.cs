using System.Text.Json.Nodes;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Tokenization.Tokenizers;
using LuceneLsr.Tokenization.Tokenizers.Pipeline;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Encoders;

/// <summary>A checkpoint directory of random weights in BF16, deleted in the end.</summary>
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

    /// <summary>The size of the weights' file.</summary>
    public long SizeInBytes => new FileInfo(System.IO.Path.Combine(Path, Checkpoint.WeightsFileName)).Length;

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(DecoderConfig config)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, TextTokenizer.FileName), TokenizerOfBytes());
        var tokenizer = TextTokenizer.Load(Path);
        var settings = new LsrSettings();
        var usual = get_default_dtype();
        set_default_dtype(ScalarType.BFloat16); // a large model never exists in F32
        try
        {
            using var checkpoint = Checkpoint.Create(
                config, tokenizer, TermVocabulary.FromTokens(tokenizer, settings.TermRule), settings);
            checkpoint.Save(Path, Precision.BFloat16);
        }
        finally
        {
            set_default_dtype(usual);
        }
    }

    // The smallest one that is a tokenizer: what is measured starts from token ids.
    private static string TokenizerOfBytes() => new JsonObject
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
