namespace LuceneLsr.Torch.Checkpoints;

/// <summary>Weights that a model uses twice and that a file may store under either or both of two names.</summary>
/// <param name="Name">The name in the model.</param>
/// <param name="Copy">The other name.</param>
/// <param name="Remedy">What to do if a file stores different weights under the names.</param>
internal sealed record SharedTensor(string Name, string Copy, string Remedy);
