using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// In what numbers the products of <see cref="QuantizedMatrix"/> are computed: BF16 where the hardware multiplies it
/// faster than F32, which rounds the other factor to its 8 bits.
/// </summary>
internal static class ProductType
{
    /// <summary>Whether this machine's processor multiplies BF16: AVX-512 or AMX.</summary>
    public static bool IsBFloat16Fast { get; set; } = X86Base.IsSupported
        && X86Base.CpuId(0, 0).Eax >= 7
        && (HasBit(X86Base.CpuId(7, 1).Eax, 5) || HasBit(X86Base.CpuId(7, 0).Edx, 22));

    /// <summary>The type for a factor.</summary>
    public static ScalarType For(Tensor factor) =>
        factor.device_type == DeviceType.CPU && !IsBFloat16Fast ? factor.dtype : ScalarType.BFloat16;

    private static bool HasBit(int register, int bit) => (register >> bit & 1) == 1;
}
