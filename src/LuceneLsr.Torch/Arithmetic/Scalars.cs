using TorchSharp;

namespace LuceneLsr.Torch.Arithmetic;

/// <summary>Scalars for operators on hot paths.</summary>
/// <remarks>
/// TorchSharp passes a scalar's native handle without keeping the scalar alive. A garbage collection during the call
/// may free a temporary scalar, such as the default of add_. The operator then fails or reads freed memory.
/// </remarks>
internal static class Scalars
{
    /// <summary>The number zero.</summary>
    public static readonly Scalar Zero = 0;

    /// <summary>The number one.</summary>
    public static readonly Scalar One = 1;
}
