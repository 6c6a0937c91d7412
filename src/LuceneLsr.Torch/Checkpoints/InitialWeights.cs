using LuceneLsr.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// The weights of a model that is not trained yet: projections uniform within 1 / sqrt(columns), as TorchSharp's own,
/// embeddings and head normal with deviations of 1 and 0.02, norms one, biases zero.
/// </summary>
internal sealed class InitialWeights : WeightSource
{
    public override WeightMatrix Matrix(string name, long rows, long columns, bool hasBias = false)
    {
        using var ungraded = no_grad();
        var weight = name switch
        {
            DecoderNames.Embeddings => randn(rows, columns),
            DecoderNames.Head => randn(rows, columns) * 0.02,
            _ => empty(rows, columns).uniform_(-1 / Math.Sqrt(columns), 1 / Math.Sqrt(columns)),
        };
        return new FloatMatrix(nn.Parameter(weight), hasBias ? Bias(name, rows) : null);
    }

    public override Parameter Bias(string name, long rows) => nn.Parameter(zeros(rows));

    public override Parameter Norm(string name, long size) => nn.Parameter(ones(size));
}
