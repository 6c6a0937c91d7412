using static TorchSharp.torch;

namespace LuceneLsr.Torch.Models;

/// <summary>The terms that the texts of a batch themselves contain.</summary>
/// <param name="Texts">The index of each term's text, [terms].</param>
/// <param name="Rows">Its row of the head, [terms].</param>
/// <param name="Factors">The factor on its lexical bias, F32 [terms].</param>
internal sealed record OwnTermTensors(Tensor Texts, Tensor Rows, Tensor Factors) : IDisposable
{
    /// <summary>Creates the tensors.</summary>
    /// <param name="factors">For each text, the factor of each row.</param>
    /// <param name="device">The device of the tensors.</param>
    public static OwnTermTensors Create(IReadOnlyList<IReadOnlyDictionary<int, float>> factors, Device device)
    {
        (long Text, long Row, float Factor)[] terms =
            [.. factors.SelectMany((rows, text) => rows.Select(row => ((long)text, (long)row.Key, row.Value)))];
        return new(
            tensor(terms.Select(term => term.Text).ToArray(), device: device),
            tensor(terms.Select(term => term.Row).ToArray(), device: device),
            tensor(terms.Select(term => term.Factor).ToArray(), device: device));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Texts.Dispose();
        Rows.Dispose();
        Factors.Dispose();
    }
}
