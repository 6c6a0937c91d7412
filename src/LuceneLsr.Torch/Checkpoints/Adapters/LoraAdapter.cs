using System.Text.RegularExpressions;
using LuceneLsr.Tokenization;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Models;
using LuceneLsr.Torch.Weights;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Checkpoints.Adapters;

/// <summary>
/// A LoRA adapter of a language model's linear layers (Hu et al., arXiv 2106.09685) in PEFT's layout:
/// <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, whose tensors are named
/// "base_model.model.MODULE.lora_A.weight" and "….lora_B.weight".
/// </summary>
internal sealed partial class LoraAdapter : IDisposable
{
    /// <summary>The name of the file that holds the factors.</summary>
    public const string WeightsFileName = "adapter_model.safetensors";

    private readonly IReadOnlyDictionary<string, LoraFactors> _factors;
    private readonly string _path;

    /// <summary>Creates an adapter, which takes ownership of the factors.</summary>
    /// <param name="config">The adapter's configuration.</param>
    /// <param name="factors">The factors by module, such as "model.layers.0.self_attn.q_proj".</param>
    public LoraAdapter(LoraConfig config, IReadOnlyDictionary<string, LoraFactors> factors)
        : this(config, factors, WeightsFileName)
    {
    }

    private LoraAdapter(LoraConfig config, IReadOnlyDictionary<string, LoraFactors> factors, string path) =>
        (Config, _factors, _path) = (config, factors, path);

    /// <summary>Gets the configuration.</summary>
    public LoraConfig Config { get; }

    /// <summary>Loads a directory's adapter, in F32 on the CPU, or returns null if it has none.</summary>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, or this kind of adapter is not supported.
    /// </exception>
    public static LoraAdapter? TryLoad(string directory)
    {
        if (LoraConfig.TryLoad(directory) is not { } config)
        {
            return null;
        }

        var path = Path.Combine(directory, WeightsFileName);
        CheckpointFile.RequireExists(path, "Convert the adapter's weights to safetensors if they have another format.");
        return new LoraAdapter(config, ReadFactors(SafetensorsFile.Open(path), config.Rank), path);
    }

    /// <summary>Adds the update of a module to its weights [rows, columns] and returns the sum in F32.</summary>
    /// <exception cref="CheckpointException">The shape of the update differs, or the update is not finite.</exception>
    public Tensor Merge(string module, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var whole = weight.to(ScalarType.Float32);
        if (!_factors.TryGetValue(module, out var factors))
        {
            return whole.MoveToOuterDisposeScope();
        }

        var delta = factors.B.matmul(factors.A).Times(Config.Scale);
        if (!delta.isfinite().all().item<bool>())
        {
            throw new CheckpointException(_path, $"the update of '{module}' is not finite.");
        }

        return delta.shape.SequenceEqual(whole.shape)
            ? whole.Plus(delta).MoveToOuterDisposeScope()
            : throw new CheckpointException(_path,
                $"the factors of '{module}' have shape [{string.Join(", ", delta.shape)}], "
                + $"but the base model has [{string.Join(", ", whole.shape)}].");
    }

    /// <summary>Rejects an adapter of modules that the base model does not have.</summary>
    /// <param name="modules">The modules of the base model.</param>
    /// <exception cref="CheckpointException">The base model lacks a module.</exception>
    public void RejectUnknownModules(IReadOnlySet<string> modules)
    {
        if (_factors.Keys.FirstOrDefault(name => !modules.Contains(name)) is { } unknown)
        {
            throw new CheckpointException(_path, $"module '{unknown}' does not exist in the base model.");
        }
    }

    /// <summary>Writes the two files to a directory. It is created if it does not exist.</summary>
    public void Save(string directory)
    {
        Directory.CreateDirectory(directory);
        SafetensorsWriter.Write(
            Path.Combine(directory, WeightsFileName),
            [.. _factors.SelectMany(pair => new[]
            {
                (GetTensorName(pair.Key, 'A'), pair.Value.A), (GetTensorName(pair.Key, 'B'), pair.Value.B),
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

    private static Dictionary<string, LoraFactors> ReadFactors(SafetensorsFile file, int rank)
    {
        if (file.Names.Count == 0)
        {
            throw new CheckpointException(file.Path, "the file has no tensors.");
        }

        using var scope = NewDisposeScope();
        var factors = file.Names.Select(name => ParseModule(file, name)).Distinct(StringComparer.Ordinal)
            .ToDictionary(module => module, module => ReadFactors(file, module, rank), StringComparer.Ordinal);
        foreach (var (a, b) in factors.Values)
        {
            a.DetachFromDisposeScope();
            b.DetachFromDisposeScope();
        }

        return factors;
    }

    private static LoraFactors ReadFactors(SafetensorsFile file, string module, int rank)
    {
        Tensor a = ReadFactor(file, GetTensorName(module, 'A')), b = ReadFactor(file, GetTensorName(module, 'B'));
        return a.dim() == 2 && b.dim() == 2 && a.shape[0] == rank && b.shape[1] == rank
            ? new(a, b)
            : throw new CheckpointException(file.Path,
                $"the factors of '{module}' have shapes [{string.Join(", ", a.shape)}] and "
                + $"[{string.Join(", ", b.shape)}], not rank {rank} ({LoraConfig.FileName}, r).");
    }

    private static Tensor ReadFactor(SafetensorsFile file, string name)
    {
        if (file.GetDtype(name) is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
        {
            throw new CheckpointException(file.Path, $"tensor '{name}' must be F32, F16 or BF16.");
        }

        using var stored = file.Read(name);
        return stored.to(ScalarType.Float32, copy: true);
    }

    private static string ParseModule(SafetensorsFile file, string name) =>
        FactorName().Match(name) is { Success: true } match
            ? match.Groups["module"].Value
            : throw new CheckpointException(file.Path,
                $"tensor '{name}' is not a LoRA factor of a linear layer ({GetTensorName("MODULE", 'A')} or B).");

    private static string GetTensorName(string module, char factor) =>
        $"base_model.model.{module}.lora_{factor}.weight";

    [GeneratedRegex(@"^base_model\.model\.(?<module>.+)\.lora_[AB]\.weight$")]
    private static partial Regex FactorName();
}
