using LuceneLsr.Tokenization;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Weights;

/// <summary>A file that holds named tensors.</summary>
internal interface IWeightsFile
{
    /// <summary>Gets the path of the file.</summary>
    string Path { get; }

    /// <summary>Gets the names of the tensors.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Gets the dtype of a stored tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    ScalarType GetDtype(string name);

    /// <summary>Gets the shape of a tensor.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    IReadOnlyList<long> GetShape(string name);

    /// <summary>Reads a tensor in its stored dtype.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    Tensor Read(string name);
}
