using LuceneLsr.Torch.Models;
using static TorchSharp.torch;

namespace LuceneLsr.TorchTestSupport;

/// <summary>Reads and writes a model's parameters by their names.</summary>
internal static class ModelExtensions
{
    /// <summary>Gets a parameter's values, row by row.</summary>
    public static float[] GetValues(this LanguageModel model, string name) =>
        model.get_parameter(name)!.data<float>().ToArray();

    /// <summary>Gets the values of all parameters.</summary>
    public static Dictionary<string, float[]> GetValues(this LanguageModel model) => model.named_parameters()
        .ToDictionary(pair => pair.name, pair => pair.parameter.data<float>().ToArray(), StringComparer.Ordinal);

    /// <summary>Gets the gradients of the parameters that have one.</summary>
    public static Dictionary<string, float[]> GetGradients(this LanguageModel model)
    {
        using var scope = NewDisposeScope();
        return model.named_parameters().Where(pair => pair.parameter.grad is not null).ToDictionary(
            pair => pair.name, pair => pair.parameter.grad!.data<float>().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Sets every element of a parameter.</summary>
    public static void Fill(this LanguageModel model, string name, double value)
    {
        using var noGrad = no_grad();
        model.get_parameter(name)!.fill_(value);
    }
}
