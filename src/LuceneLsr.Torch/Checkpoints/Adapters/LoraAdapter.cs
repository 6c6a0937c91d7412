using System.Text.RegularExpressions;
using LuceneLsr.Tokenization;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>
/// A low-rank adapter of a causal LM's linear layers (Hu et al., LoRA, arXiv 2106.09685) in PEFT's layout: <c>
/// adapter_config.json</c> and <c>adapter_model.safetensors</c>, whose tensors are
/// "base_model.model.MODULE.lora_A.weight" and "….lora_B.weight".
/// </summary>
public sealed partial class LoraAdapter : IDisposable
{
    /// <summary>The file of the factors in an adapter's directory.</summary>
    public const string WeightsFileName = "adapter_model.safetensors";

    private readonly IReadOnlyDictionary<string, LoraFactors> _factors;
    private readonly string _path;

    /// <summary>Creates an adapter, which owns its factors from then on.</summary>
    /// <param name="config">The adapter's configuration.</param>
    /// <param name="factors">The factors by module, such as "model.layers.0.self_attn.q_proj".</param>
    public LoraAdapter(LoraConfig config, IReadOnlyDictionary<string, LoraFactors> factors)
        : this(config, factors, WeightsFileName)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(factors);
    }

    private LoraAdapter(LoraConfig config, IReadOnlyDictionary<string, LoraFactors> factors, string path) =>
        (Config, _factors, _path) = (config, factors, path);

    /// <summary>The configuration.</summary>
    public LoraConfig Config { get; }

    /// <summary>Loads a directory's adapter, its factors in F32 on the CPU; null where it has none.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or damaged, or the adapter is of a kind that is not supported.
    /// </exception>
    public static LoraAdapter? Find(string directory)
    {
        if (LoraConfig.Find(directory) is not { } config)
        {
            return null;
        }

        var path = Path.Combine(directory, WeightsFileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException(
                path, "missing. An adapter's weights are read from it alone; convert other files to safetensors.");
        }

        using var scope = NewDisposeScope();
        var file = SafetensorsFile.Open(path);
        if (file.Names.Count == 0)
        {
            throw new CheckpointException(path, "it holds no tensor: there is nothing to adapt.");
        }

        var factors = file.Names.Select(name => ModuleOf(file, name)).Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => Read(file, name, config.Rank), StringComparer.Ordinal);
        foreach (var (a, b) in factors.Values)
        {
            a.DetachFromDisposeScope();
            b.DetachFromDisposeScope();
        }

        return new LoraAdapter(config, factors, path);
    }

    /// <summary>The weights [rows, columns] of a module, in F32 and with what the adapter adds to them.</summary>
    /// <exception cref="CheckpointException">The adapter's factors are of another shape.</exception>
    public Tensor Merge(string module, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using var scope = NewDisposeScope();
        var whole = weight.to(ScalarType.Float32);
        if (!_factors.TryGetValue(module, out var factors))
        {
            return whole.MoveToOuterDisposeScope();
        }

        var delta = factors.B.matmul(factors.A).mul_(Config.Scale);
        if (!delta.isfinite().all().item<bool>())
        {
            throw new CheckpointException(_path, $"what it adds to '{module}' is not finite.");
        }

        return delta.shape.SequenceEqual(whole.shape)
            ? whole.add(delta).MoveToOuterDisposeScope()
            : throw new CheckpointException(_path,
                $"the factors of '{module}' are for shape [{string.Join(", ", delta.shape)}], "
                + $"but the base model has [{string.Join(", ", whole.shape)}].");
    }

    /// <summary>Refuses an adapter of a module that a model does not have.</summary>
    /// <param name="modules">The model's modules.</param>
    /// <exception cref="CheckpointException">There is one.</exception>
    public void RefuseOthers(IReadOnlySet<string> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        if (_factors.Keys.FirstOrDefault(name => !modules.Contains(name)) is { } stranger)
        {
            throw new CheckpointException(_path, $"it adapts '{stranger}', which the base model does not have.");
        }
    }

    /// <summary>Writes the two files into a directory, which it creates.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        SafetensorsWriter.Write(
            Path.Combine(directory, WeightsFileName),
            [.. _factors.SelectMany(pair => new[]
            {
                (TensorName(pair.Key, 'A'), pair.Value.A), (TensorName(pair.Key, 'B'), pair.Value.B),
            })]);
        Config.Save(directory, _factors.Keys
            .Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct(StringComparer.Ordinal).Order());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (a, b) in _factors.Values)
        {
            a.Dispose();
            b.Dispose();
        }
    }

    private static LoraFactors Read(SafetensorsFile file, string module, int rank)
    {
        Tensor a = ReadFactor(file, TensorName(module, 'A')), b = ReadFactor(file, TensorName(module, 'B'));
        return a.dim() == 2 && b.dim() == 2 && a.shape[0] == rank && b.shape[1] == rank
            ? new(a, b)
            : throw new CheckpointException(file.Path,
                $"the factors of '{module}' have shapes [{string.Join(", ", a.shape)}] and "
                + $"[{string.Join(", ", b.shape)}], which are not of rank {rank} ({LoraConfig.FileName}, r).");
    }

    private static Tensor ReadFactor(SafetensorsFile file, string name)
    {
        if (file.Type(name) is ScalarType.Int8 or ScalarType.Byte)
        {
            throw new CheckpointException(file.Path, $"tensor '{name}' must be F32, F16 or BF16.");
        }

        using var stored = file.Read(name);
        return stored.to(ScalarType.Float32, copy: true);
    }

    private static string ModuleOf(SafetensorsFile file, string name) =>
        FactorName().Match(name) is { Success: true } match
            ? match.Groups["module"].Value
            : throw new CheckpointException(
                file.Path, $"tensor '{name}' is no factor of a linear layer ({TensorName("MODULE", 'A')} or B).");

    private static string TensorName(string module, char factor) => $"base_model.model.{module}.lora_{factor}.weight";

    [GeneratedRegex(@"^base_model\.model\.(?<module>.+)\.lora_[AB]\.weight$")]
    private static partial Regex FactorName();
}
