using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// The low-rank update of a projection: scale x dropout(x) A^T B^T (Hu et al., LoRA, arXiv 2106.09685). As in PEFT, A
/// starts uniform within 1 / sqrt(columns) and B starts at zero, so the update adds nothing until it is trained.
/// </summary>
internal sealed class LoraUpdate : nn.Module<Tensor, Tensor>
{
    // In lower case, unlike the properties: TorchSharp assigns to members of a parameter's name when it moves a module.
    private const string AName = "a", BName = "b";

    private readonly Scalar _scale;
    private readonly double _dropout;

    public LoraUpdate(Tensor weight, int rank, double alpha, double dropout)
        : base(nameof(LoraUpdate))
    {
        (_scale, _dropout) = (alpha / rank, dropout);
        var bound = 1 / Math.Sqrt(weight.shape[1]);
        using var noGrad = no_grad();
        register_parameter(AName, nn.Parameter(empty(rank, weight.shape[1]).uniform_(-bound, bound).to(weight.device)));
        register_parameter(BName, nn.Parameter(zeros(weight.shape[0], rank, device: weight.device)));
    }

    /// <summary>Gets the factor A, [rank, columns].</summary>
    public Parameter A => get_parameter(AName)!;

    /// <summary>Gets the factor B, [rows, rank].</summary>
    public Parameter B => get_parameter(BName)!;

    public override Tensor forward(Tensor input) // [..., columns] -> [..., rows]
    {
        using var scope = NewDisposeScope();
        var kept = nn.functional.dropout(input, _dropout, training);
        var low = nn.functional.linear(kept, A.to(input.dtype)); // [..., rank]
        return (nn.functional.linear(low, B.to(input.dtype)) * _scale).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the change of the weights, [rows, columns].</summary>
    public Tensor ComputeDelta() => B.matmul(A) * _scale;
}
