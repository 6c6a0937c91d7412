using System.Diagnostics;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Checkpoints.Adapters;
using LuceneLsr.Torch.Configs;
using LuceneLsr.Torch.Modules;
using LuceneLsr.Torch.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints;

/// <summary>
/// The weights in a checkpoint's files, with an adapter merged into them. Each tensor is converted and moved to the
/// device on its own, so loading needs little more memory than the model.
/// </summary>
/// <param name="files">The files.</param>
/// <param name="adapter">The adapter, or null.</param>
/// <param name="config">The model's shape.</param>
/// <param name="precision">The precision of the model.</param>
/// <param name="device">The device of the model.</param>
internal sealed class StoredWeights(
    WeightFiles files, LoraAdapter? adapter, ModelConfig config, Precision precision, Device device) : WeightSource
{
    private readonly IReadOnlyList<SharedTensor> _shared = StoredNames.GetShared(config);
    private readonly HashSet<string> _readTensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _matrices = new(StringComparer.Ordinal);

    public override WeightMatrix CreateMatrix(string name, long rows, long columns, bool hasBias = false)
    {
        using var noGrad = no_grad();
        var bias = hasBias ? CreateBias(name, rows) : null;
        using var weight = ReadMatrix(name, [rows, columns]);
        switch (MatrixPrecision.Resolve(precision, config.Names, name, columns))
        {
            case Precision.Float32 or Precision.BFloat16:
                return new FloatMatrix(nn.Parameter(ToModel(weight)), bias);
            case Precision.Int8:
                var (bytes, scales) = RowQuantization.Quantize(weight);
                return new Int8Matrix(bytes.to(device), scales.to(device), bias);
            case Precision.Int4:
                var (halves, groupScales) = GroupQuantization.Quantize(weight);
                return new Int4Matrix(halves.to(device), groupScales.to(device), bias);
            default:
                throw new UnreachableException();
        }
    }

    public override Parameter CreateBias(string name, long rows) => CreateVector(name + ".bias", rows);

    public override Parameter CreateNormWeight(string name, long size) => CreateVector(name + ".weight", size);

    /// <summary>
    /// Rejects files and adapters with weights that the model did not use, and copies of shared weights that differ.
    /// </summary>
    /// <exception cref="CheckpointException">There are unused or differing weights.</exception>
    public void RejectUnusedTensors()
    {
        adapter?.RejectUnknownModules(_matrices);
        foreach (var shared in _shared.Where(shared => IsUnread(shared.Copy) && _readTensors.Contains(shared.Name)))
        {
            RequireEqual(shared);
        }

        if (files.Names.FirstOrDefault(name => IsUnread(name) && !StoredNames.IsRedundant(name, config)) is { } unused)
        {
            throw new CheckpointException(files.GetPath(unused),
                $"tensor '{unused}' is not part of this architecture. Ignoring it would change the model's results.");
        }
    }

    private bool IsUnread(string name) => files.Contains(name) && !_readTensors.Contains(name);

    private void RequireEqual(SharedTensor shared)
    {
        using var original = Read(shared.Name, files.GetShape(shared.Name));
        using var copy = Read(shared.Copy, files.GetShape(shared.Name));
        using Tensor left = original.to(ScalarType.Float32), right = copy.to(ScalarType.Float32);
        if (!left.Equals(right))
        {
            throw new CheckpointException(files.GetPath(shared.Copy),
                $"tensor '{shared.Copy}' differs from '{shared.Name}', but the model uses one for both. "
                + shared.Remedy);
        }
    }

    private Tensor ReadMatrix(string name, long[] shape)
    {
        _matrices.Add(name);
        var stored = ReadShared(name + ".weight", shape);
        if (adapter is null)
        {
            return stored;
        }

        using (stored)
        {
            return adapter.Merge(name, stored);
        }
    }

    private Parameter CreateVector(string name, long size)
    {
        using var noGrad = no_grad();
        using var value = ReadShared(name, [size]);
        return nn.Parameter(ToModel(value));
    }

    private Tensor ToModel(Tensor value) => value.to(
        precision switch
        {
            Precision.BFloat16 => ScalarType.BFloat16,
            Precision.Float32 or Precision.Int8 or Precision.Int4 => ScalarType.Float32,
            _ => throw new UnreachableException(),
        },
        device);

    // A file may store shared weights under either name.
    private Tensor ReadShared(string name, long[] shape)
    {
        var copy = _shared.FirstOrDefault(shared => shared.Name == name)?.Copy;
        return Read(copy is not null && files.Contains(copy) && !files.Contains(name) ? copy : name, shape);
    }

    private Tensor Read(string name, long[] shape) => files.GetDtype(name) switch
    {
        ScalarType.Int8 => Dequantize(name, shape, shape[..1], RowQuantization.Dequantize),
        ScalarType.Byte => Dequantize(
            name, [shape[0], shape[^1] / 2], [shape[0], shape[^1] / GroupQuantization.GroupSize],
            GroupQuantization.Dequantize),
        ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => ReadTensor(name, shape),
        var other => throw new CheckpointException(files.GetPath(name),
            $"tensor '{name}': dtype {SafetensorsDtypes.GetName(other)} is not supported for weights."),
    };

    private Tensor Dequantize(string name, long[] shape, long[] scaleShape, Func<Tensor, Tensor, Tensor> dequantize)
    {
        using var values = ReadTensor(name, shape);
        using var scales = ReadTensor(name + RowQuantization.ScaleSuffix, scaleShape);
        return dequantize(values, scales);
    }

    private Tensor ReadTensor(string name, long[] shape)
    {
        _readTensors.Add(name);
        return files.Read(name, shape);
    }
}
