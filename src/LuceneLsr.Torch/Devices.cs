using System.Globalization;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Parses device names.</summary>
public static class Devices
{
    /// <summary>Parses "cpu", "cuda" or "cuda:n".</summary>
    /// <exception cref="ArgumentException">The name is not valid, or the CUDA device is not available.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = 0;
        var isCuda = name == "cuda" || (name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (name != "cpu" && !isCuda)
        {
            throw new ArgumentException($"'{name}' is not a valid device. Use cpu, cuda or cuda:n.", nameof(name));
        }

        if (isCuda && index >= cuda.device_count())
        {
            throw new ArgumentException(
                $"Device '{name}' is not available. Build with -p:LibTorch=cuda on a machine with an NVIDIA GPU, "
                + "or use cpu.",
                nameof(name));
        }

        return new Device(name);
    }
}
