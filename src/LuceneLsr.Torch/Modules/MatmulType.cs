using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Modules;

/// <summary>
/// The type in which <see cref="QuantizedMatrix"/> multiplies: BF16 where the hardware multiplies it faster than F32.
/// BF16 rounds the inputs to 8 significant bits.
/// </summary>
internal static class MatmulType
{
    /// <summary>Gets or sets whether the processor has BF16 instructions (AVX512_BF16 or AMX).</summary>
    public static bool IsBFloat16Fast { get; set; } = X86Base.IsSupported
        && X86Base.CpuId(0, 0).Eax >= 7
        && (HasBit(X86Base.CpuId(7, 1).Eax, 5) || HasBit(X86Base.CpuId(7, 0).Edx, 22));

    /// <summary>Chooses the type for a product with <paramref name="input"/>.</summary>
    public static ScalarType Choose(Tensor input) =>
        input.device_type == DeviceType.CPU && !IsBFloat16Fast ? input.dtype : ScalarType.BFloat16;

    private static bool HasBit(int register, int bit) => (register >> bit & 1) == 1;
}
