using System.Diagnostics;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>
/// Encodes texts with a sentence encoder in Hugging Face layout, such as all-MiniLM-L6-v2, whose directory holds
/// <c>config.json</c>, <c>model.safetensors</c> and the tokenizer.
/// </summary>
public sealed class TorchDenseEncoder : DenseModelEncoder
{
    private readonly LanguageModel _model;
    private readonly DensePooling _pooling;
    private readonly Device _device;

    private TorchDenseEncoder(string directory, DenseEncoderOptions options, Device device)
        : base(directory, options)
    {
        (_model, _pooling, _device) = (BackboneLoader.Load(directory), options.Pooling, device);
        _model.to(device);
    }

    /// <summary>Loads a model directory in F32.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">How the model reads texts.</param>
    /// <param name="device">"cpu", "cuda" or "cuda:n".</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, the model is not an encoder, or it has fewer positions than a text may have
    /// tokens.
    /// </exception>
    /// <exception cref="ArgumentException">The device is not valid or not available.</exception>
    public static TorchDenseEncoder Load(
        string directory, DenseEncoderOptions? options = null, string device = "cpu")
    {
        options ??= new();
        var target = Devices.Parse(device);
        var encoder = new TorchDenseEncoder(directory, options, target);
        var contextLength = encoder._model.Config.ContextLength;
        if (ModelFit.FindLengthProblem(contextLength, options.MaxTokens, nameof(options.MaxTokens)) is { } problem)
        {
            encoder.Dispose();
            throw new CheckpointException(Path.Combine(directory, ModelConfig.FileName), problem);
        }

        return encoder;
    }

    /// <inheritdoc/>
    public override void Dispose() => _model.Dispose();

    internal override IEnumerable<float[]> ComputeVectors(int[][] texts)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        using var batch = TokenBatch.Create(texts, [], AttentionVariant.Bidirectional, _device);
        var states = _model.forward(batch); // [batch, length, hidden]
        var vectors = _pooling switch       // [batch, hidden]
        {
            DensePooling.Mean => ComputeMean(states, batch.Mask!.squeeze(1).transpose(1, 2)),
            DensePooling.FirstToken => states.select(1, 0),
            _ => throw new UnreachableException(),
        };
        return [.. vectors.cpu().contiguous().data<float>().ToArray().Chunk((int)vectors.shape[1])];
    }

    // mask: [batch, length, 1], true for real tokens
    private static Tensor ComputeMean(Tensor states, Tensor mask)
    {
        var weights = mask.to(states.dtype);
        return (states * weights).sum([1]) / weights.sum([1]);
    }
}
