using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch;

/// <summary>Names of the devices on which a model runs.</summary>
public static class Devices
{
    /// <summary>The device of a name: "cpu", "cuda" or "cuda:n".</summary>
    /// <exception cref="ArgumentException">The name is unknown, or CUDA is asked for and not there.</exception>
    public static Device Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = 0;
        var isCuda = name == "cuda" || (name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (name != "cpu" && !isCuda)
        {
            throw new ArgumentException($"Device '{name}' is unknown: use cpu, cuda or cuda:n.", nameof(name));
        }

        if (isCuda && index >= cuda.device_count())
        {
            throw new ArgumentException(
                $"Device '{name}' is not there: build with -p:LibTorch=cuda on a machine with an NVIDIA GPU, "
                + "or use cpu.",
                nameof(name));
        }

        return new Device(name);
    }
}
