using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// The weights of a file, with an adapter's changes, brought into a precision and onto a device one tensor at a time:
/// loading needs little more memory than the model will have.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="adapter">Changes matrices, if there is one.</param>
/// <param name="precision">The model's.</param>
/// <param name="device">Where the model will be.</param>
internal sealed class StoredWeights(WeightFiles files, LoraAdapter? adapter, Precision precision, Device device)
    : WeightSource
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _matrices = new(StringComparer.Ordinal);

    public override WeightMatrix Matrix(string name, long rows, long columns, bool hasBias = false)
    {
        using var ungraded = no_grad();
        var bias = hasBias ? Bias(name, rows) : null;
        using var weight = ReadMatrix(name, [rows, columns]);
        switch (MatrixPrecision.Of(precision, name, columns))
        {
            case Precision.Int8:
                var (bytes, scales) = RowQuantization.Quantize(weight);
                return new Int8Matrix(bytes.to(device), scales.to(device), bias);
            case Precision.Int4:
                var (halves, groupScales) = GroupQuantization.Quantize(weight);
                return new Int4Matrix(halves.to(device), groupScales.to(device), bias);
            default:
                return new FloatMatrix(nn.Parameter(OnDevice(weight)), bias);
        }
    }

    public override Parameter Bias(string name, long rows) => Vector(name + ".bias", rows);

    public override Parameter Norm(string name, long size) => Vector(name + ".weight", size);

    /// <summary>Refuses files with a tensor, and an adapter with a module, that nothing asked for.</summary>
    /// <param name="isRedundant">Tells names of tensors that nothing is lost without.</param>
    public void RefuseStrangers(Func<string, bool> isRedundant)
    {
        adapter?.RefuseOthers(_matrices);
        if (files.Names.FirstOrDefault(name => !_read.Contains(name) && !isRedundant(name)) is { } stranger)
        {
            throw new CheckpointException(files.PathOf(stranger),
                $"tensor '{stranger}' has no place in this architecture; "
                + "the model would not compute what it was trained for.");
        }
    }

    private Tensor ReadMatrix(string name, long[] shape)
    {
        _matrices.Add(name);
        var stored = Read(name + ".weight", shape);
        if (adapter is null)
        {
            return stored;
        }

        using (stored)
        {
            return adapter.Merge(name, stored);
        }
    }

    private Parameter Vector(string name, long size)
    {
        using var ungraded = no_grad();
        using var value = Read(name, [size]);
        return nn.Parameter(OnDevice(value));
    }

    private Tensor OnDevice(Tensor value) =>
        value.to(precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32, device);

    private Tensor Read(string name, long[] shape) => files.Type(name) switch
    {
        ScalarType.Int8 => Dequantized(name, shape, shape[..1], RowQuantization.Dequantize),
        ScalarType.Byte => Dequantized(
            name, [shape[0], shape[^1] / 2], [shape[0], shape[^1] / GroupQuantization.GroupSize],
            GroupQuantization.Dequantize),
        _ => ReadAsStored(name, shape),
    };

    private Tensor Dequantized(string name, long[] shape, long[] scaleShape, Func<Tensor, Tensor, Tensor> dequantize)
    {
        using var values = ReadAsStored(name, shape);
        using var scales = ReadAsStored(name + RowQuantization.ScaleSuffix, scaleShape);
        return dequantize(values, scales);
    }

    private Tensor ReadAsStored(string name, long[] shape)
    {
        _read.Add(name);
        return files.Read(name, shape);
    }
}
