using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>Low-rank factors next to the projections of a model's layers (LoRA, arXiv 2106.09685).</summary>
internal static class LowRankAdaptation
{
    /// <summary>Adds factors to projections of the layers and freezes all other parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rank">The rank: columns of B and rows of A.</param>
    /// <param name="alpha">B A is multiplied by alpha / rank.</param>
    /// <param name="dropout">The dropout rate of the inputs of A in training.</param>
    /// <param name="targets">
    /// The last parts of the projections' names, such as "q_proj" or "query"; null for all of the layers' projections.
    /// </param>
    /// <exception cref="ArgumentException">The layers have no projection of one of the names.</exception>
    /// <exception cref="InvalidOperationException">The model is quantized.</exception>
    public static void AddLora(
        this LanguageModel model, int rank, double alpha, double dropout, IReadOnlyCollection<string>? targets)
    {
        var projections = FindProjections(model, targets);
        foreach (var parameter in model.parameters())
        {
            parameter.requires_grad = false;
        }

        foreach (var projection in projections)
        {
            projection.Lora = new LoraUpdate(projection.Weight, rank, alpha, dropout);
        }
    }

    /// <summary>Gets the factors of <see cref="AddLora"/> by module. The model still owns them.</summary>
    public static IReadOnlyDictionary<string, LoraFactors> GetLoraFactors(this LanguageModel model) =>
        GetUpdates(model).ToDictionary(
            pair => pair.Key, pair => new LoraFactors(pair.Value.A, pair.Value.B), StringComparer.Ordinal);

    /// <summary>
    /// Gets the weights of a model by their names in a checkpoint, with updates merged into them and without a gradient.
    /// </summary>
    public static IEnumerable<(string Name, Tensor Value)> GetMergedWeights(this LanguageModel model)
    {
        using var noGrad = no_grad();
        var updates = GetUpdates(model);
        var factors = updates.Values.SelectMany(update => update.parameters())
            .Select(factor => factor.Handle).ToHashSet();
        foreach (var (name, parameter) in model.named_parameters()
            .Where(pair => !factors.Contains(pair.parameter.Handle)))
        {
            var module = name[..name.LastIndexOf('.')];
            yield return updates.TryGetValue(module, out var update) && parameter.dim() == 2
                ? (name, parameter.detach().Plus(update.ComputeDelta()))
                : (name, parameter.detach());
        }
    }

    private static List<FloatMatrix> FindProjections(LanguageModel model, IReadOnlyCollection<string>? targets)
    {
        var projections = model.GetMatrices().Where(pair => model.Config.Names.IsInLayer(pair.Name))
            .ToLookup(pair => pair.Name[(pair.Name.LastIndexOf('.') + 1)..], pair => pair.Matrix);
        targets ??= [.. projections.Select(projection => projection.Key)];
        return targets.FirstOrDefault(target => !projections.Contains(target)) is { } unknown
            ? throw new ArgumentException(
                $"The layers have no projection '{unknown}'. Choose from "
                + $"{string.Join(", ", projections.Select(projection => projection.Key))}.")
            : [.. targets.Distinct().SelectMany(target => projections[target])];
    }

    private static Dictionary<string, LoraUpdate> GetUpdates(LanguageModel model) => model.GetMatrices()
        .Where(pair => pair.Matrix.Lora is not null)
        .ToDictionary(pair => pair.Name, pair => pair.Matrix.Lora!, StringComparer.Ordinal);
}
