using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// What LoRA adds to a projection: scale x dropout(x) A^T B^T (Hu et al., arXiv 2106.09685). B is zero at first, so
/// nothing is added until it is trained; A is uniform within 1 / sqrt(columns), as in PEFT.
/// </summary>
internal sealed class LowRankUpdate : nn.Module<Tensor, Tensor>
{
    // Not those of properties, which TorchSharp would set when it moves the module.
    private const string AName = "a", BName = "b";

    private readonly double _scale;
    private readonly double _dropout;

    public LowRankUpdate(Tensor weight, int rank, double alpha, double dropout)
        : base(nameof(LowRankUpdate))
    {
        (_scale, _dropout) = (alpha / rank, dropout);
        var bound = 1 / Math.Sqrt(weight.shape[1]);
        using var ungraded = no_grad();
        register_parameter(AName, nn.Parameter(empty(rank, weight.shape[1]).uniform_(-bound, bound).to(weight.device)));
        register_parameter(BName, nn.Parameter(zeros(weight.shape[0], rank, device: weight.device)));
    }

    /// <summary>[rank, columns]</summary>
    public Parameter A => get_parameter(AName)!;

    /// <summary>[rows, rank]</summary>
    public Parameter B => get_parameter(BName)!;

    public override Tensor forward(Tensor input) // [..., columns] -> [..., rows]
    {
        using var scope = NewDisposeScope();
        var kept = nn.functional.dropout(input, _dropout, training);
        var low = nn.functional.linear(kept, A.to(input.dtype));
        return (nn.functional.linear(low, B.to(input.dtype)) * _scale).MoveToOuterDisposeScope();
    }

    /// <summary>What is added to the weights, [rows, columns].</summary>
    public Tensor Delta() => B.matmul(A) * _scale;
}
