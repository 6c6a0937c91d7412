using System.CommandLine;
using LuceneLsr.Onnx;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tools.Common.Options;
using LuceneLsr.Torch;
using LuceneLsr.Training.Teachers;

namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>Options that select a sentence encoder and how it reads texts.</summary>
internal sealed class TeacherOptions
{
    private static readonly DenseEncoderOptions Defaults = new();

    private static readonly Dictionary<string, DensePooling> Poolings = new(StringComparer.Ordinal)
    {
        ["mean"] = DensePooling.Mean,
        ["cls"] = DensePooling.FirstToken,
    };

    private readonly Option<string> _directory = DirectoryOption.Create(
        "--teacher",
        "Sentence encoder with its tokenizer: model.onnx or onnx/model.onnx, else config.json and model.safetensors.");

    private readonly Option<string> _pooling = new Option<string>("--pooling")
    {
        Description = "How the hidden states of a text are pooled.",
        DefaultValueFactory = _ => "mean",
    }.Accept([.. Poolings.Keys]);

    private readonly Option<string> _queryPrefix = CreatePrefix("query");
    private readonly Option<string> _documentPrefix = CreatePrefix("document");
    private readonly Option<int> _maxTokens = new Option<int>("--max-tokens")
    {
        Description = "Maximum number of tokens of a text, with prefix and special tokens.",
        DefaultValueFactory = _ => Defaults.MaxTokens,
    }.Require(count => count >= 1, "at least 1");

    private readonly Option<string> _device = DeviceOption.Create();
    private readonly ThreadsOption _threads;

    /// <summary>Adds the options to a command.</summary>
    public TeacherOptions(Command command)
    {
        foreach (var option in new Option[]
        {
            _directory, _pooling, _queryPrefix, _documentPrefix, _maxTokens, _device,
        })
        {
            command.Add(option);
        }

        _threads = new ThreadsOption(command);
    }

    /// <summary>Gets what identifies the encoder and how it reads texts.</summary>
    public TeacherSettings GetSettings(ParseResult parsed) => new(
        DirectoryFingerprint.Compute(parsed.GetValue(_directory)!), parsed.GetValue(_pooling)!, GetPrefix(parsed),
        parsed.GetValue(_maxTokens));

    /// <summary>Loads the encoder: on ONNX Runtime if it has a file for it and runs on the CPU.</summary>
    /// <exception cref="Tokenization.CheckpointException">A file is missing or malformed.</exception>
    public IDenseEncoder Load(ParseResult parsed)
    {
        string directory = parsed.GetValue(_directory)!, device = parsed.GetValue(_device)!;
        var options = new DenseEncoderOptions
        {
            Pooling = Poolings[parsed.GetValue(_pooling)!],
            Prefix = GetPrefix(parsed),
            MaxTokens = parsed.GetValue(_maxTokens),
        };
        if (device == "cpu" && OnnxDenseEncoder.HasModel(directory))
        {
            return OnnxDenseEncoder.Load(directory, options, new OnnxOptions { Threads = _threads.Get(parsed) ?? 0 });
        }

        _threads.Apply(parsed);
        return TorchDenseEncoder.Load(directory, options, device);
    }

    private static Option<string> CreatePrefix(string side) => new($"--{side}-prefix")
    {
        Description = $"Text before each {side}, as the encoder was trained.",
        DefaultValueFactory = _ => "",
        HelpName = "TEXT",
    };

    private PerSide<string> GetPrefix(ParseResult parsed) =>
        new(parsed.GetValue(_queryPrefix)!, parsed.GetValue(_documentPrefix)!);
}
