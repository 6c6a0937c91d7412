using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Models;

/// <summary>
/// The largest rate at which the machine multiplies matrices. The products are large ones of the models' layout,
/// [rows, inner] x [columns, inner]^T.
/// </summary>
internal sealed class MatmulLimit : IDisposable
{
    private static readonly (long Rows, long Inner, long Columns)[] Sizes =
        [(2048, 1024, 4096), (4096, 1024, 4096), (2048, 2048, 2048)];

    private readonly DisposeScope _scope = NewDisposeScope();

    public MatmulLimit(ScalarType type) => Works =
    [
        .. Sizes.Select(Action (size) =>
        {
            Tensor left = randn(size.Rows, size.Inner).to(type), right = randn(size.Columns, size.Inner).to(type);
            return () =>
            {
                using var mode = inference_mode();
                using var product = nn.functional.linear(left, right);
            };
        }),
    ];

    /// <summary>Gets the products to time.</summary>
    public IReadOnlyList<Action> Works { get; }

    /// <summary>Computes the GFLOP/s of the fastest product.</summary>
    /// <param name="seconds">The time of each of <see cref="Works"/>.</param>
    public static double ComputeRate(IEnumerable<double> seconds) => Sizes.Zip(seconds)
        .Max(pair => 2e-9 * pair.First.Rows * pair.First.Inner * pair.First.Columns / pair.Second);

    public void Dispose() => _scope.Dispose();
}
