using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Weights;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Chooses the precision of a single matrix.</summary>
internal static class MatrixPrecision
{
    /// <summary>
    /// Returns the precision of a matrix in a model of the given precision. <see cref="Precision.Int4"/> falls back to
    /// <see cref="Precision.Int8"/> for matrices outside the layers and for those without whole groups.
    /// </summary>
    public static Precision Resolve(Precision model, ModuleNames names, string name, long columns) =>
        model == Precision.Int4 && !(names.IsInLayer(name) && GroupQuantization.CanQuantize(columns))
            ? Precision.Int8
            : model;
}
