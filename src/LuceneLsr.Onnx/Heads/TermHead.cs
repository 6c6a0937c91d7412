using LuceneLsr.Onnx.Sessions;
using LuceneLsr.Tokenization;
using LuceneLsr.Tokenization.Encoders;
using LuceneLsr.Tokenization.Terms;

namespace LuceneLsr.Onnx.Heads;

/// <summary>Computes term weights with an ONNX model. Thread-safe.</summary>
internal abstract class TermHead
{
    /// <summary>Gets the number of weights per text, or null if the model does not state it.</summary>
    public abstract int? Rows { get; }

    /// <summary>Gets whether the positions to pool can be chosen.</summary>
    public abstract bool PoolsSelectedPositions { get; }

    /// <summary>Creates the head for a model by its output.</summary>
    /// <exception cref="CheckpointException">The model has neither output, or has other inputs.</exception>
    public static TermHead Create(OnnxModel model, TermSpace space) =>
        model.Outputs.Contains(PooledHead.Weights.Name) ? new PooledHead(model)
        : model.Outputs.Contains(LogitHead.Logits.Name) ? new LogitHead(model, space.Settings)
        : throw new CheckpointException(model.Path,
            $"the model has neither an output '{PooledHead.Weights.Name}' (an export of this library) nor "
            + $"'{LogitHead.Logits.Name}' (a masked language model). Its outputs are "
            + $"{string.Join(", ", model.Outputs)}.");

    /// <summary>Computes the weight of each row of the head for each text, [batch, rows], row-major.</summary>
    public abstract float[] ComputeWeights(IReadOnlyList<TokenSequence> batch, TextSide side);
}
