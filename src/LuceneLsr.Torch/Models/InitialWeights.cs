using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>
/// Random weights of an untrained model: projections uniform within 1 / sqrt(columns), as in TorchSharp; embeddings
/// normal with standard deviation 1 and the head with 0.02; norms one and biases zero.
/// </summary>
/// <param name="names">The names of the model's modules.</param>
internal sealed class InitialWeights(ModuleNames names) : WeightSource
{
    public override WeightMatrix CreateMatrix(string name, long rows, long columns, bool hasBias = false)
    {
        using var noGrad = no_grad();
        var weight = name switch
        {
            _ when name == names.Embeddings => randn(rows, columns),
            _ when name == names.Head => randn(rows, columns).Times(0.02),
            _ => empty(rows, columns).uniform_(-1 / Math.Sqrt(columns), 1 / Math.Sqrt(columns)),
        };
        return new FloatMatrix(nn.Parameter(weight), hasBias ? CreateBias(name, rows) : null);
    }

    public override Parameter CreateBias(string name, long rows) => nn.Parameter(zeros(rows));

    public override Parameter CreateNormWeight(string name, long size) => nn.Parameter(ones(size));
}
