using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Encodes texts with a causal or masked LM from a checkpoint directory (CSPLADE, arXiv 2504.10816).</summary>
public sealed class TorchSparseEncoder : ModelEncoder
{
    private readonly Checkpoint _checkpoint;
    private readonly Device _device;

    /// <summary>Creates an encoder, which takes ownership of the checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="device">The device to run on. Default: the CPU.</param>
    public TorchSparseEncoder(Checkpoint checkpoint, Device? device = null)
        : base((checkpoint ?? throw new ArgumentNullException(nameof(checkpoint))).Space, checkpoint.Layout)
    {
        _checkpoint = checkpoint;
        _device = device ?? CPU;
        _checkpoint.Model.to(_device);
        _checkpoint.Model.eval();
    }

    /// <summary>Loads a checkpoint directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="device">"cpu", "cuda" or "cuda:n".</param>
    /// <param name="precision">The precision in memory, whatever the files store.</param>
    /// <exception cref="CheckpointException">The directory is not a valid checkpoint.</exception>
    /// <exception cref="ArgumentException">The device is not valid or not available.</exception>
    public static TorchSparseEncoder Load(
        string directory, string device = "cpu", Precision precision = Precision.Float32)
    {
        var target = Devices.Parse(device);
        return new TorchSparseEncoder(Checkpoint.Load(directory, precision, target), target);
    }

    /// <inheritdoc/>
    public override void Dispose() => _checkpoint.Dispose();

    internal override string? CheckpointDirectory => _checkpoint.Directory;

    internal override IEnumerable<string> EnumerateFiles(string directory) => CheckpointFiles.Enumerate(directory);

    internal override string ModelName => _checkpoint.Name;

    internal override float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side)
    {
        using var tokens = _checkpoint.CreateBatch(batch, side, _device);
        using var weights = PooledHead.ComputeWeights(_checkpoint.Model, tokens, _checkpoint.GetPoolingRule(side));
        using var local = weights.cpu();
        return local.data<float>().ToArray();
    }
}
